#include <boost/test/unit_test.hpp>
#include <pwd.h>
#include <unistd.h>

#include <filesystem>

#include "settings/settings.h"
#include "unit/canned_settings_source.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

// Where settings come from. Problems with them are in settings_problems_tests.cpp.
BOOST_AUTO_TEST_SUITE(settings)

BOOST_AUTO_TEST_CASE(defaults) {
    const Settings loaded = SettingsSource().load();
    BOOST_TEST(loaded.buckets == std::vector<std::string>{"demo"});
    BOOST_TEST(loaded.access.hosts.empty());
    BOOST_TEST(loaded.types.empty());
    BOOST_TEST(loaded.origins.empty());
    BOOST_TEST(loaded.access.headers.empty());
    BOOST_TEST((loaded.access.addressing == Addressing::automatic));
    BOOST_TEST(loaded.max_size == 5ULL << 30U);
    BOOST_TEST(!loaded.overwrite);
    BOOST_TEST(!loaded.require_user);
    BOOST_TEST(loaded.access.timeout.count() == 60);
    BOOST_TEST((loaded.sandbox == SandboxUse::automatic));
    BOOST_TEST(loaded.spool_dir == "/tmp");
    BOOST_TEST(loaded.ca_bundle == "");
    BOOST_TEST(loaded.access.region == "us-east-1");
    BOOST_TEST(loaded.access.endpoint.scheme == "https");
    BOOST_TEST(loaded.access.endpoint.host == "s3.us-east-1.amazonaws.com");
    BOOST_TEST(loaded.key.key({.name = "a/b.c", .date = "", .uuid = "", .user = ""}) == "a/b.c");
    BOOST_TEST(loaded.access.credentials.access_key_id == "AKID");
    BOOST_TEST(loaded.access.credentials.secret_access_key == "hunter2");
    BOOST_TEST(loaded.credentials_source == "AWS_ACCESS_KEY_ID");
}

BOOST_AUTO_TEST_CASE(every_setting_from_the_environment) {
    SettingsSource source;
    const std::string bundle = source.folder.file("ca.pem", "x");
    const Settings loaded = source.load({{"UPLOAD_BUCKETS", "one,two"},
                                         {"UPLOAD_HOSTS", "*.example:9000"},
                                         {"UPLOAD_ADDRESSING", "virtual"},
                                         {"UPLOAD_KEY", "in/{name}"},
                                         {"UPLOAD_OVERWRITE", "yes"},
                                         {"UPLOAD_MAX_SIZE", "10M"},
                                         {"UPLOAD_TYPES", "Image/*, text/plain"},
                                         {"UPLOAD_ORIGINS", "https://www.example.org"},
                                         {"UPLOAD_REQUIRE_USER", "yes"},
                                         {"UPLOAD_S3_HEADERS", "x-amz-acl: private"},
                                         {"UPLOAD_PAYLOAD", "signed"},
                                         {"UPLOAD_TIMEOUT", "5"},
                                         {"UPLOAD_SANDBOX", "yes"},
                                         {"UPLOAD_SPOOL_DIR", source.folder.path()},
                                         {"AWS_SESSION_TOKEN", "token"},
                                         {"AWS_REGION", "eu-west-1"},
                                         {"AWS_CA_BUNDLE", bundle}});
    BOOST_TEST(loaded.buckets.back() == "two");
    BOOST_TEST(loaded.access.hosts.front().host == "*.example");
    BOOST_TEST(loaded.access.hosts.front().port == "9000");
    BOOST_TEST((loaded.access.addressing == Addressing::virtual_host));
    BOOST_TEST(loaded.key.key({.name = "a", .date = "", .uuid = "", .user = ""}) == "in/a");
    BOOST_TEST(loaded.overwrite);
    BOOST_TEST(loaded.max_size == 10ULL << 20U);
    BOOST_TEST(loaded.types == (std::vector<std::string>{"image/*", "text/plain"}));
    BOOST_TEST(loaded.origins.listed.front().host == "www.example.org");
    BOOST_TEST(loaded.require_user);
    BOOST_TEST(loaded.access.headers.front().name == "x-amz-acl");
    BOOST_TEST(loaded.access.timeout.count() == 5);
    BOOST_TEST((loaded.sandbox == SandboxUse::required));
    BOOST_TEST(loaded.spool_dir == source.folder.path());
    BOOST_TEST(loaded.access.credentials.session_token == "token");
    BOOST_TEST(loaded.access.endpoint.host == "s3.eu-west-1.amazonaws.com");
    BOOST_TEST(loaded.ca_bundle == bundle);
}

BOOST_AUTO_TEST_CASE(every_setting_from_the_file) {
    SettingsSource source(
        "# all of it\r\n  UPLOAD_MAX_SIZE = 1K \r\n; and keys\r\nAWS_REGION=eu-west-2\r\n"
        "UPLOAD_OVERWRITE=yes\r\nAWS_ENDPOINT_URL=http://store:9000\r\nUPLOAD_KEY={date}/"
        "{name}\r\n");
    const Settings loaded = source.load();
    BOOST_TEST(loaded.max_size == 1024U);
    BOOST_TEST(loaded.access.region == "eu-west-2");
    BOOST_TEST(loaded.overwrite);
    BOOST_TEST(loaded.access.endpoint.host == "store");
    BOOST_TEST(loaded.key.key({.name = "a", .date = "D", .uuid = "", .user = ""}) == "D/a");
    BOOST_TEST(loaded.file == source.set["UPLOAD_CONFIG"]);
}

BOOST_AUTO_TEST_CASE(environment_over_file) {
    SettingsSource source("UPLOAD_BUCKETS=from-file\nUPLOAD_TIMEOUT=7\n");
    BOOST_TEST(source.load().buckets.front() == "demo");
    BOOST_TEST(source.load().access.timeout.count() == 7);
    BOOST_TEST(source.load({{"UPLOAD_TIMEOUT", "8"}}).access.timeout.count() == 8);
}

BOOST_AUTO_TEST_CASE(empty_variable_is_not_set) {
    SettingsSource source("UPLOAD_TIMEOUT=7\n");
    BOOST_TEST(source.load({{"UPLOAD_TIMEOUT", ""}}).access.timeout.count() == 7);
}

BOOST_AUTO_TEST_CASE(file_of_the_home_folder) {
    SettingsSource source("UPLOAD_TIMEOUT=1\n");
    const std::string own =
        source.folder.file("home/.config/s3drop/upload.conf", "UPLOAD_TIMEOUT=2\n");
    BOOST_TEST(source.load().access.timeout.count() == 1);
    source.set.erase("UPLOAD_CONFIG");
    const Settings loaded = source.load();
    BOOST_TEST(loaded.access.timeout.count() == 2);
    BOOST_TEST(loaded.file == own);
}

BOOST_AUTO_TEST_CASE(no_file_at_all) {
    SettingsSource source;
    source.set.erase("UPLOAD_CONFIG");
    const bool machine_has_one = access("/etc/s3drop/upload.conf", F_OK) == 0;
    if (!machine_has_one) BOOST_TEST(source.load().file == "");
}

BOOST_AUTO_TEST_CASE(home_of_the_password_database_if_home_is_unset) {
    SettingsSource source;
    source.set.erase("HOME");
    const std::string problems = source.problems({{"AWS_PROFILE", "s3drop-test-no-such"}});
    const passwd* own = getpwuid(getuid());
    if (own != nullptr)
        BOOST_TEST(contains(problems, std::string(own->pw_dir) + "/.aws/"), problems);
}

BOOST_AUTO_TEST_CASE(spool_folder_is_tmpdir) {
    SettingsSource source;
    const std::string own = source.folder.folder("tmp");
    BOOST_TEST(source.load({{"TMPDIR", own}}).spool_dir == own);
    BOOST_TEST(source.load({{"UPLOAD_SPOOL_DIR", source.folder.path()}}).spool_dir ==
               source.folder.path());
}

BOOST_AUTO_TEST_CASE(region_and_endpoint) {
    const struct {
        Variables set;
        const char* region;
        const char* host;
    } cases[] = {
        {{{"AWS_DEFAULT_REGION", "eu-west-3"}}, "eu-west-3", "s3.eu-west-3.amazonaws.com"},
        {{{"AWS_REGION", "eu-west-1"}, {"AWS_DEFAULT_REGION", "eu-west-3"}},
         "eu-west-1",
         "s3.eu-west-1.amazonaws.com"},
        {{{"AWS_REGION", "cn-north-1"}}, "cn-north-1", "s3.cn-north-1.amazonaws.com.cn"},
        {{{"AWS_ENDPOINT_URL", "http://all"}}, "us-east-1", "all"},
        {{{"AWS_ENDPOINT_URL", "http://all"}, {"AWS_ENDPOINT_URL_S3", "http://s3"}},
         "us-east-1",
         "s3"},
        {{{"AWS_ENDPOINT_URL_S3", "http://s3"}, {"AWS_REGION", "r-1"}}, "r-1", "s3"},
    };
    for (const auto& each : cases) {
        const Settings loaded = SettingsSource().load(each.set);
        BOOST_TEST(loaded.access.region == each.region);
        BOOST_TEST(loaded.access.endpoint.host == each.host);
    }
}

BOOST_AUTO_TEST_CASE(profile_provides_what_the_environment_does_not) {
    SettingsSource source("AWS_PROFILE=work\n");
    source.set.erase("AWS_ACCESS_KEY_ID");
    source.set.erase("AWS_SECRET_ACCESS_KEY");
    const std::string shared = source.folder.file(
        "home/.aws/credentials", "[work]\naws_access_key_id=WORK\naws_secret_access_key=s\n");
    source.folder.file("home/.aws/config",
                       "[profile work]\nregion=eu-north-1\nendpoint_url=http://work:9000\n");
    const Settings loaded = source.load();
    BOOST_TEST(loaded.access.credentials.access_key_id == "WORK");
    BOOST_TEST(loaded.credentials_source == shared);
    BOOST_TEST(loaded.access.region == "eu-north-1");
    BOOST_TEST(loaded.access.endpoint.host == "work");
    BOOST_TEST(source.load({{"AWS_REGION", "eu-west-1"}}).access.region == "eu-west-1");
}

BOOST_AUTO_TEST_CASE(keys_of_the_settings_file) {
    SettingsSource source("AWS_ACCESS_KEY_ID=FILE\nAWS_SECRET_ACCESS_KEY=a+b/c==\n");
    source.set.erase("AWS_ACCESS_KEY_ID");
    source.set.erase("AWS_SECRET_ACCESS_KEY");
    const Settings loaded = source.load();
    BOOST_TEST(loaded.access.credentials.access_key_id == "FILE");
    BOOST_TEST(loaded.access.credentials.secret_access_key == "a+b/c==");
}

// A credentials file is named by --check if others can read it, however its path is written.
BOOST_AUTO_TEST_CASE(credentials_file_by_a_relative_path) {
    SettingsSource source;
    source.set.erase("AWS_ACCESS_KEY_ID");
    source.set.erase("AWS_SECRET_ACCESS_KEY");
    const std::string file = source.folder.file(
        "credentials", "[default]\naws_access_key_id=AKID\naws_secret_access_key=hunter2\n");
    const std::string relative = std::filesystem::relative(file).string();
    BOOST_REQUIRE(!relative.starts_with('/'));
    const Settings loaded = source.load({{"AWS_SHARED_CREDENTIALS_FILE", relative}});
    BOOST_TEST(loaded.secret_files == std::vector<std::string>{relative},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
