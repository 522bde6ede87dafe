// The rights that the process gives up, each time in a child process. What landlock does is tested
// in landlock_tests.cpp; if the running kernel does not support it, these tests check that this is
// reported.
#include <boost/test/unit_test.hpp>
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>

#include "base/descriptor.h"
#include "process/sandbox.h"
#include "system/child.h"
#include "system/temporary_folder.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;
namespace fs = std::filesystem;

namespace {

std::string reading(const std::string& path) {
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return file ? "ok" : strerrorname_np(errno);
}

// A spool folder, a file that the sandbox makes readable, and one that it does not.
struct Places {
    TemporaryFolder folder;
    std::string spool = folder.folder("spool");
    std::string bundle = folder.file("ca.pem", "x");
    std::string secret = folder.file("upload.conf", "x");

    SandboxFiles files() const {
        SandboxFiles files = system_files(spool);
        files.read_again.push_back(bundle);
        return files;
    }
};

// The result of `step` in a child that has a sandbox for these places.
std::string in_sandbox(const Places& places,
                       const std::function<std::string(const Sandbox&)>& step) {
    return said_by_child([&] {
        const Sandbox sandbox(SandboxUse::automatic, places.files());
        return step(sandbox);
    });
}

std::string text_in_sandbox(const Places& places) {
    return in_sandbox(places, [&](const Sandbox& sandbox) {
        return sandbox.text() + (sandbox.on() ? ", on" : "") +
               (sandbox.failed() ? ", failed" : "") + ", secret: " + reading(places.secret);
    });
}

bool records(const std::string& folder) {
    Recording recording(folder);
    recording.append(std::string(Recording::memory_size + 1, 'x'));
    return recording.size() > Recording::memory_size;
}

// What a sandbox finds replaced after another process, outside it, has made a change.
std::string replaced_after(const SandboxFiles& files, const std::function<void()>& change) {
    return said_by_child([&]() -> std::string {
        int ends[2];
        if (pipe(ends) != 0) return "no pipe";
        const pid_t outside = fork();
        if (outside == 0) {
            char go = 0;
            const bool gone = read(ends[0], &go, 1) != 1;
            if (!gone) change();
            _exit(gone ? 1 : 0);
        }
        const Sandbox sandbox(SandboxUse::automatic, files);
        const std::string before = sandbox.replaced();
        int status = -1;
        if (write(ends[1], "!", 1) != 1 || waitpid(outside, &status, 0) != outside || status != 0)
            return "no change";
        return before + sandbox.replaced();
    });
}

std::string localhost_found() {
    addrinfo* found = nullptr;
    return gai_strerror(getaddrinfo("localhost", nullptr, nullptr, &found));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sandbox)

BOOST_AUTO_TEST_CASE(text_of_the_sandbox) {
    const std::string said = text_in_sandbox(Places());
    if (kernel_s_landlock() > 0)
        BOOST_TEST(said ==
                   "landlock ABI " + std::to_string(kernel_s_landlock()) + ", on, secret: EACCES");
    else
        BOOST_TEST((said.starts_with("none (") && said.ends_with(", secret: ok")), said);
}

BOOST_AUTO_TEST_CASE(off) {
    const Places places;
    const std::string said = said_by_child([&] {
        const Sandbox sandbox(SandboxUse::off, places.files());
        return sandbox.text() + (sandbox.on() || sandbox.failed() ? "?" : "") +
               ", secret: " + reading(places.secret);
    });
    BOOST_TEST(said == "off (UPLOAD_SANDBOX=no), secret: ok");
}

BOOST_AUTO_TEST_CASE(kernel_without_landlock) {
    const Places places;
    const std::string said = said_by_child([&]() -> std::string {
        if (!forbid_call(landlock_create_ruleset_call, ENOSYS))
            return "no system call filters here";
        return text_in_sandbox(places);
    });
    BOOST_TEST(said == "none (this kernel does not support landlock), secret: ok");
}

// This is worth a line in the log even if each request is a separate process.
BOOST_AUTO_TEST_CASE(kernel_with_landlock_that_refuses) {
    const Places places;
    const std::string said = said_by_child([&]() -> std::string {
        if (!forbid_call(landlock_restrict_self_call, EPERM)) return "no system call filters here";
        return text_in_sandbox(places);
    });
    if (kernel_s_landlock() > 0)
        BOOST_TEST(said ==
                   "none (landlock_restrict_self: Operation not permitted), failed, "
                   "secret: ok");
    else
        BOOST_TEST(said == text_in_sandbox(places));
}

// What an upload opens after the settings have been read. All of it must also work without a
// sandbox.
BOOST_AUTO_TEST_CASE(what_an_upload_needs) {
    const Places places;
    // A minimal system has no /etc/hosts. Looked up in a child, so that libc loads nothing for it
    // here.
    const std::string found = said_by_child(localhost_found);
    const std::pair<const char*, std::function<bool()>> needs[] = {
        {"a name from /etc/hosts", [&] { return localhost_found() == found; }},
        {"the bundle of certificates", [&] { return reading(places.bundle) == "ok"; }},
        {"a shared library", [] { return dlopen("libresolv.so.2", RTLD_NOW) != nullptr; }},
        {"random bytes", [] { return reading("/dev/urandom") == "ok"; }},
        {"an unnamed file", [&] { return records(places.spool); }},
        {"a file that is unlinked at once",
         [&] { return forbid_unnamed_files() && records(places.spool); }},
    };
    for (const auto& [name, works] : needs) {
        const std::string said = in_sandbox(
            places, [&, works = works](const Sandbox&) { return works() ? "ok" : "no"; });
        BOOST_TEST(said == "ok", name);
    }
    BOOST_TEST(fs::is_empty(places.spool));
}

BOOST_AUTO_TEST_CASE(certificates_of_this_system) {
    const std::string bundle = "/etc/ssl/certs/ca-certificates.crt";
    const std::string said = in_sandbox(Places(), [&](const Sandbox&) { return reading(bundle); });
    BOOST_TEST(said == reading(bundle));
}

// As systemd-resolved, resolvconf and NetworkManager set it up: they put new files into the folder.
BOOST_AUTO_TEST_CASE(resolv_conf_is_a_link) {
    const TemporaryFolder folder;
    const std::string file = folder.file("resolver/stub.conf", "");
    const std::string said = said_by_child([&]() -> std::string {
        if (!mount_tmpfs("/etc", "")) return "not allowed";
        fs::create_symlink(file, "/etc/resolv.conf");
        return system_files("/tmp").read.back();
    });
    if (said == "not allowed")
        BOOST_TEST_MESSAGE("not tested: no right to mount a file system");
    else
        BOOST_TEST(said == folder.path("resolver/"));
}

BOOST_AUTO_TEST_CASE(no_program_is_started) {
    const std::string said = in_sandbox(Places(), [](const Sandbox& sandbox) -> std::string {
        if (!sandbox.on()) return sandbox.text();
        execl("/bin/true", "/bin/true", nullptr);
        return strerrorname_np(errno);
    });
    BOOST_TEST((kernel_s_landlock() > 0 ? said == "EACCES" : said.starts_with("none (")), said);
}

// Rules apply to files, not to names: if a file is replaced, they do not apply to the new one.
BOOST_AUTO_TEST_CASE(replaced_files) {
    using Change = std::function<void(const Places&)>;
    const Change replace_bundle = [](const Places& places) {
        fs::rename(places.folder.file("new.pem", "new"), places.bundle);
    };
    const struct {
        const char* name;
        Change change;
        std::string replaced;
    } cases[] = {
        {"nothing has changed", [](const Places&) {}, ""},
        {"rewritten in place", [](const Places& all) { all.folder.file("ca.pem", "new"); }, ""},
        {"removed", [](const Places& all) { fs::remove(all.bundle); }, ""},
        {"replaced by another file", replace_bundle, "ca.pem"},
        {"spool folder replaced by another",
         [](const Places& all) {
             fs::rename(all.spool, all.spool + ".old");
             fs::create_directory(all.spool);
         },
         "spool/"},
    };
    for (const auto& each : cases) {
        const Places places;
        const std::string said = replaced_after(places.files(), [&] { each.change(places); });
        const bool found = kernel_s_landlock() > 0 && !each.replaced.empty();
        BOOST_TEST(said == (found ? places.folder.path(each.replaced) : ""),
                   each.name << ": " << said);
    }
    // In a folder that may be read, the new file may be read too.
    const Places places;
    SandboxFiles files = places.files();
    files.read.push_back(places.folder.path(""));
    BOOST_TEST(replaced_after(files, [&] { replace_bundle(places); }) == "");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_created_later) {
    const Places places;
    SandboxFiles files = places.files();
    files.read_again.push_back(places.folder.path("later"));
    const std::string said = replaced_after(files, [&] { places.folder.file("later", "x"); });
    BOOST_TEST(said == (kernel_s_landlock() > 0 ? places.folder.path("later") : ""));
}

BOOST_AUTO_TEST_SUITE_END()
