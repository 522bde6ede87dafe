#include <boost/test/unit_test.hpp>

#include <map>

#include "aws/profile.h"
#include "system/temporary_folder.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(profile)

using Variables = std::map<std::string, std::string>;

// A home folder with the two files that AWS's tools share; "" leaves one out.
struct Home {
    Home(const std::string& shared, const std::string& config) {
        if (!shared.empty()) folder.file(".aws/credentials", shared);
        if (!config.empty()) folder.file(".aws/config", config);
    }

    AwsProfile load(Variables set = {}) const {
        return load_aws_profile([&](const std::string& name) { return set[name]; }, folder.path());
    }

    std::string problem(const Variables& set = {}) const {
        try {
            load(set);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return {};
    }

    TemporaryFolder folder;
};

constexpr const char* shared_file =
    "[default]\naws_access_key_id = SHARED\naws_secret_access_key = shared-secret\n\n"
    "[backup]\naws_access_key_id=BACKUP\naws_secret_access_key=backup-secret\n"
    "aws_session_token=backup-token\nregion=eu-north-1\n";
constexpr const char* config_file =
    "[default]\nregion = eu-central-1\noutput = json\naws_access_key_id = CONFIG\n"
    "aws_secret_access_key = config-secret\n\n[profile backup]\nregion = sa-east-1\n"
    "endpoint_url = http://127.0.0.1:9000\n\n[profile only-config]\naws_access_key_id = ONLY\n"
    "aws_secret_access_key = only-secret\nregion = ap-south-1\n";

BOOST_AUTO_TEST_CASE(no_files_and_no_variables) {
    const Home home("", "");
    const AwsProfile profile = home.load();
    BOOST_TEST(!profile.credentials.has_value());
    BOOST_TEST(profile.source == "");
    BOOST_TEST(profile.region == "");
    BOOST_TEST(profile.endpoint_url == "");
}

BOOST_AUTO_TEST_CASE(no_home_folder) {
    const AwsProfile profile = load_aws_profile([](const std::string&) { return ""; }, "");
    BOOST_TEST(!profile.credentials.has_value());
}

BOOST_AUTO_TEST_CASE(environment_before_files) {
    const Home home(shared_file, config_file);
    const AwsProfile profile = home.load({{"AWS_ACCESS_KEY_ID", "ENV"},
                                          {"AWS_SECRET_ACCESS_KEY", "env-secret"},
                                          {"AWS_SESSION_TOKEN", "env-token"}});
    BOOST_TEST(profile.credentials->access_key_id == "ENV");
    BOOST_TEST(profile.credentials->secret_access_key == "env-secret");
    BOOST_TEST(profile.credentials->session_token == "env-token");
    BOOST_TEST(profile.source == "AWS_ACCESS_KEY_ID");
    BOOST_TEST(profile.file == "");
    BOOST_TEST(profile.region == "eu-central-1");
}

BOOST_AUTO_TEST_CASE(keys_of_the_environment_never_get_a_token_of_a_file) {
    const Home home(shared_file, config_file);
    const AwsProfile profile = home.load({{"AWS_ACCESS_KEY_ID", "ENV"},
                                          {"AWS_SECRET_ACCESS_KEY", "env-secret"},
                                          {"AWS_PROFILE", "backup"}});
    BOOST_TEST(profile.credentials->access_key_id == "ENV");
    BOOST_TEST(profile.credentials->session_token == "");
}

BOOST_AUTO_TEST_CASE(shared_file_before_config_file) {
    const Home home(shared_file, config_file);
    const AwsProfile profile = home.load();
    BOOST_TEST(profile.credentials->access_key_id == "SHARED");
    BOOST_TEST(profile.credentials->secret_access_key == "shared-secret");
    BOOST_TEST(profile.source == home.folder.path(".aws/credentials"));
    BOOST_TEST(profile.region == "eu-central-1");
}

BOOST_AUTO_TEST_CASE(config_file_alone) {
    const Home home("", config_file);
    const AwsProfile profile = home.load();
    BOOST_TEST(profile.credentials->access_key_id == "CONFIG");
    BOOST_TEST(profile.source == home.folder.path(".aws/config"));
    BOOST_TEST(profile.file == home.folder.path(".aws/config"));
}

BOOST_AUTO_TEST_CASE(named_profile) {
    const Home home(shared_file, config_file);
    const AwsProfile profile = home.load({{"AWS_PROFILE", "backup"}});
    BOOST_TEST(profile.credentials->access_key_id == "BACKUP");
    BOOST_TEST(profile.credentials->session_token == "backup-token");
    BOOST_TEST(profile.region == "eu-north-1");
    BOOST_TEST(profile.endpoint_url == "http://127.0.0.1:9000");
}

BOOST_AUTO_TEST_CASE(named_profile_that_is_in_the_config_file_only) {
    const Home home(shared_file, config_file);
    const AwsProfile profile = home.load({{"AWS_PROFILE", "only-config"}});
    BOOST_TEST(profile.credentials->access_key_id == "ONLY");
    BOOST_TEST(profile.region == "ap-south-1");
}

BOOST_AUTO_TEST_CASE(default_profile_spelled_out_in_the_config_file) {
    const Home home("", "[profile default]\nregion = eu-west-3\n");
    BOOST_TEST(home.load().region == "eu-west-3");
}

BOOST_AUTO_TEST_CASE(named_profile_missing) {
    const Home home(shared_file, config_file);
    const std::string problem = home.problem({{"AWS_PROFILE", "nosuch"}});
    BOOST_TEST(problem == "AWS_PROFILE=nosuch: no such profile in " +
                              home.folder.path(".aws/credentials") + " or " +
                              home.folder.path(".aws/config"));
}

BOOST_AUTO_TEST_CASE(section_of_the_config_file_that_is_not_a_profile) {
    const Home home("", "[backup]\nregion = eu-west-1\n");
    BOOST_TEST(!home.problem({{"AWS_PROFILE", "backup"}}).empty());
}

BOOST_AUTO_TEST_CASE(half_a_key_pair) {
    const Home empty("", "");
    for (const std::string half : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}) {
        BOOST_TEST(empty.problem({{half, "hunter2"}}) ==
                   "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set together");
    }
    for (const std::string half : {"aws_access_key_id", "aws_secret_access_key"}) {
        const Home home("[default]\n" + half + " = hunter2\n", "");
        BOOST_TEST(home.problem() ==
                   home.folder.path(".aws/credentials") +
                       ": aws_access_key_id and aws_secret_access_key must be set together");
    }
}

BOOST_AUTO_TEST_CASE(a_line_break_in_a_token) {
    const Home empty("", "");
    BOOST_TEST(empty.problem({{"AWS_ACCESS_KEY_ID", "hunter2"},
                              {"AWS_SECRET_ACCESS_KEY", "hunter2"},
                              {"AWS_SESSION_TOKEN", "hunter2\n"}}) ==
               "an AWS key or token contains a control character, such as a line break");
}

BOOST_AUTO_TEST_CASE(files_named_by_variables) {
    const Home home(shared_file, config_file);
    const TemporaryFolder other;
    const AwsProfile profile = home.load(
        {{"AWS_SHARED_CREDENTIALS_FILE",
          other.file("c", "[default]\naws_access_key_id=OTHER\naws_secret_access_key=s\n")},
         {"AWS_CONFIG_FILE", other.file("d", "[default]\nregion=us-west-2\n")}});
    BOOST_TEST(profile.credentials->access_key_id == "OTHER");
    BOOST_TEST(profile.region == "us-west-2");
}

BOOST_AUTO_TEST_CASE(region_of_the_environment) {
    const Home home(shared_file, config_file);
    BOOST_TEST(home.load({{"AWS_DEFAULT_REGION", "d"}}).region == "d");
    BOOST_TEST(home.load({{"AWS_REGION", "r"}, {"AWS_DEFAULT_REGION", "d"}}).region == "r");
}

BOOST_AUTO_TEST_CASE(endpoint_of_the_environment) {
    const Home home(shared_file, "[default]\nendpoint_url = http://profile\n");
    BOOST_TEST(home.load().endpoint_url == "http://profile");
    BOOST_TEST(home.load({{"AWS_ENDPOINT_URL", "http://all"}}).endpoint_url == "http://all");
    BOOST_TEST(home.load({{"AWS_ENDPOINT_URL", "http://all"}, {"AWS_ENDPOINT_URL_S3", "http://s3"}})
                   .endpoint_url == "http://s3");
}

// A file as `aws configure` and years of editing leave it.
BOOST_AUTO_TEST_CASE(realistic_config_file) {
    constexpr const char* unix_lines =
        "# main account\n[default]\nregion = eu-west-1\noutput = json\ncli_pager =\ns3 =\n"
        "    max_concurrent_requests = 20\n    addressing_style = path\n"
        "    endpoint_url = http://old-plugin\ns3api =\n    endpoint_url = http://old-plugin\n\n"
        "[profile work]\nsso_session = work\nregion = us-east-2\nrole_arn = arn:aws:iam::1:role/x\n"
        "\n[sso-session work]\nsso_start_url = https://x.awsapps.com/start\nsso_region = "
        "us-east-1\n"
        "\n[services local]\ns3 =\n  endpoint_url = http://localhost:4566\n[plugins]\nendpoint = "
        "x\n";
    std::string windows_lines = "\xEF\xBB\xBF";
    for (const char c : std::string(unix_lines))
        windows_lines += c == '\n' ? "\r\n" : std::string(1, c);
    for (const std::string& config : {std::string(unix_lines), windows_lines}) {
        const Home home(shared_file, config);
        BOOST_TEST(home.problem() == "");
        const AwsProfile profile = home.load();
        BOOST_TEST(profile.region == "eu-west-1");
        BOOST_TEST(profile.endpoint_url == "");
        BOOST_TEST(profile.credentials->access_key_id == "SHARED");
        BOOST_TEST(home.load({{"AWS_PROFILE", "work"}}).region == "us-east-2");
    }
}

BOOST_AUTO_TEST_CASE(unreadable_file) {
    const Home home("", "");
    home.folder.folder(".aws/credentials");
    BOOST_TEST(home.problem().starts_with(home.folder.path(".aws/credentials")));
}

BOOST_AUTO_TEST_SUITE_END()
