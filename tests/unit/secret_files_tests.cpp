#include <boost/test/unit_test.hpp>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include "settings/secret_files.h"
#include "system/temporary_folder.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(secret_files)

struct Secrets {
    std::string file(const std::string& name, mode_t mode) const {
        const std::string path = folder.file(name, "AWS_SECRET_ACCESS_KEY=hunter2\n");
        chmod(path.c_str(), mode);
        return path;
    }

    TemporaryFolder folder;
};

BOOST_FIXTURE_TEST_CASE(who_may_read, Secrets) {
    const struct {
        mode_t mode;
        bool shared;
        Readers readers;
    } cases[] = {
        {0600, false, {}},
        {0400, false, {}},
        {0620, false, {}},
        {0711, false, {}},
        {0640, true, Readers::group},
        {0460, true, Readers::group},
        {0644, true, Readers::everybody},
        {0604, true, Readers::everybody},
        {0666, true, Readers::everybody},
    };
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT("mode " << std::oct << each.mode) {
            const std::string path = file("upload.conf", each.mode);
            const std::vector<SharedSecret> shared = shared_secrets({path});
            BOOST_TEST_REQUIRE(shared.size() == (each.shared ? 1U : 0U));
            if (!each.shared) continue;
            BOOST_TEST(shared.front().file == path);
            BOOST_TEST((shared.front().readers == each.readers));
        }
    }
}

BOOST_FIXTURE_TEST_CASE(the_group_is_named, Secrets) {
    const std::vector<SharedSecret> shared = shared_secrets({file("upload.conf", 0640)});
    BOOST_TEST_REQUIRE(shared.size() == 1U);
    struct stat status {};
    stat(shared.front().file.c_str(), &status);
    const group* own = getgrgid(status.st_gid);
    BOOST_TEST(shared.front().group ==
               (own == nullptr ? std::to_string(status.st_gid) : own->gr_name));
}

BOOST_FIXTURE_TEST_CASE(a_group_without_a_name, Secrets) {
    const std::string path = file("upload.conf", 0640);
    constexpr gid_t nameless = 4000000000;
    if (chown(path.c_str(), getuid(), nameless) != 0) {
        BOOST_TEST_MESSAGE("not tested: only root gives files away");
        return;
    }
    BOOST_TEST(shared_secrets({path}).front().group == "4000000000");
}

BOOST_FIXTURE_TEST_CASE(one_line_for_all_files_that_everybody_may_read, Secrets) {
    const std::string open = file("open.conf", 0644);
    const std::string credentials = file("credentials", 0604);
    const std::string by_group = file("group.conf", 0640);
    BOOST_TEST(exposed_secrets({}) == "");
    BOOST_TEST(exposed_secrets({by_group, folder.path("not-there")}) == "");
    BOOST_TEST(exposed_secrets({open}) ==
               "every user of this machine can read the secret in " + open + " (chmod 600)");
    BOOST_TEST(exposed_secrets({open, by_group, credentials}) ==
               "every user of this machine can read the secret in " + open + ", " + credentials +
                   " (chmod 600)");
    BOOST_TEST(exposed_secrets({file("two\nlines", 0644)}).find('\n') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
