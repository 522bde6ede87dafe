// A spool folder that others can write to as well, such as /tmp: links and files that they have
// prepared there, and paths that are not a folder.
#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "base/failure.h"
#include "settings/setting_values.h"
#include "system/child.h"
#include "system/open_files.h"
#include "system/temporary_folder.h"
#include "unit/received.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_SUITE(attack_spool)

constexpr std::size_t large = 2 * Recording::memory_size;

// The result of recording an upload in `dir`: "kept", or the text for the log.
std::string kept_in(const std::string& dir) {
    const std::string bytes = noise(large);
    try {
        Recording recording(dir);
        recording.append(bytes);
        std::string again(bytes.size(), '\0');
        const bool same = recording.read(0, again) == again.size() && again == bytes;
        return same ? "kept" : "other bytes";
    } catch (const Failure& failure) {
        return failure.private_detail;
    }
}

std::string problem_with(const std::string& dir) {
    try {
        return check_folder(dir) == dir ? "" : "another folder";
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

const char* const no_folder = "name a folder that the program can write to";

// A folder like /tmp, with links to a victim's file under names that a recording may use.
struct Shared {
    Shared() {
        fs::permissions(folder.path(), fs::perms(01777));
        for (char c = 'a'; c <= 'z'; ++c)
            fs::create_symlink(victim, dir + "/s3drop-" + std::string(6, c));
        fs::create_symlink(victim, dir + "/s3drop-XXXXXX");
    }

    TemporaryFolder folder;
    std::string dir = folder.path();
    TemporaryFolder home;
    std::string victim = home.file("victim", "untouched");
};

BOOST_FIXTURE_TEST_CASE(prepared_links_are_not_followed, Shared) {
    const std::vector<std::string> before = folder.entries();
    for (const bool named : {false, true}) {
        const std::string said = said_by_child([&]() -> std::string {
            if (named && !forbid_unnamed_files()) return "not allowed";
            return kept_in(dir);
        });
        BOOST_TEST((said == "kept" || said == "not allowed"), said);
        BOOST_TEST(text_of(victim) == "untouched");
        BOOST_TEST(folder.entries() == before);
    }
}

// Links alone cannot show this: a name that already exists is never opened.
BOOST_FIXTURE_TEST_CASE(only_new_files_are_opened, Shared) {
    const std::string said = said_by_child([&]() -> std::string {
        if (!forbid_unnamed_files() || !forbid_making_files_over_others()) return "not allowed";
        return kept_in(dir);
    });
    if (said == "not allowed")
        BOOST_TEST_MESSAGE("not tested: no system call filters here");
    else
        BOOST_TEST(said == "kept");
}

// Between its creation and its unlinking the file has a name. Nobody else may open it by that name.
BOOST_FIXTURE_TEST_CASE(nobody_else_may_open_it, Shared) {
    for (const mode_t mask : {0, 022, 077}) {
        const std::string said = said_by_child([&]() -> std::string {
            umask(mask);
            if (!forbid_unnamed_files()) return "not allowed";
            Recording recording(dir);
            recording.append(noise(large));
            for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
                struct stat status {};
                std::error_code none;
                const std::string target = fs::read_symlink(entry.path(), none);
                if (!target.starts_with(dir + "/s3drop-")) continue;
                stat(entry.path().c_str(), &status);
                return (status.st_mode & 0777U) == 0600U ? "private" : "open to others";
            }
            return "no file";
        });
        BOOST_TEST((said == "private" || said == "not allowed"), said);
    }
}

BOOST_AUTO_TEST_CASE(a_link_to_a_folder_is_followed) {
    const TemporaryFolder scratch;
    const std::string link = scratch.path("link");
    fs::create_symlink(scratch.folder("real"), link);
    BOOST_TEST(problem_with(link) == "");
    BOOST_TEST(kept_in(link) == "kept");
    BOOST_TEST(fs::is_empty(scratch.path("real")));
}

BOOST_AUTO_TEST_CASE(links_that_do_not_lead_to_a_folder) {
    const TemporaryFolder scratch;
    const std::string link = scratch.path("link");
    for (const std::string& target :
         {scratch.path("missing"), scratch.file("file", "untouched"), link}) {
        fs::remove(link);
        fs::create_symlink(target, link);
        BOOST_TEST(problem_with(link) == no_folder);
        BOOST_TEST(kept_in(link).starts_with("temporary file in " + link + ": "));
    }
    BOOST_TEST(text_of(scratch.path("file")) == "untouched");
}

BOOST_AUTO_TEST_CASE(a_folder_without_write_permission) {
    const TemporaryFolder scratch;
    const std::string dir = scratch.folder("closed");
    fs::permissions(scratch.path(), fs::perms(0755));
    for (const fs::perms mode : {fs::perms(0555), fs::perms(0666), fs::perms(0)}) {
        fs::permissions(dir, mode);
        const std::string said = said_by_child([&]() -> std::string {
            if (!become_ordinary_user()) return "not allowed";
            return problem_with(dir) + "; " + kept_in(dir);
        });
        fs::permissions(dir, fs::perms(0755));
        BOOST_TEST(said ==
                   std::string(no_folder) + "; temporary file in " + dir + ": Permission denied");
    }
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_missing_or_disappears) {
    const TemporaryFolder scratch;
    const std::string dir = scratch.folder("spool");
    BOOST_TEST(problem_with(dir) == "");
    fs::remove(dir);
    BOOST_TEST(problem_with(dir) == no_folder);
    BOOST_TEST(kept_in(dir) == "temporary file in " + dir + ": No such file or directory");
    scratch.file("spool", "untouched");
    BOOST_TEST(problem_with(dir) == no_folder);
    BOOST_TEST(kept_in(dir) == "temporary file in " + dir + ": Not a directory");
    BOOST_TEST(text_of(dir) == "untouched");
}

BOOST_AUTO_TEST_SUITE_END()
