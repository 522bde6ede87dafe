#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "settings/settings.h"
#include "unit/canned_settings_source.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(settings_problems)

BOOST_AUTO_TEST_CASE(problems_name_the_wrong_value_and_the_right_syntax) {
    const struct {
        const char* name;
        const char* value;
        const char* right;
    } cases[] = {
        {"UPLOAD_BUCKETS", "x",
         "'x' is not a valid bucket name; use 3 to 63 letters, digits, dots and hyphens"},
        {"UPLOAD_HOSTS", "http://h", "'http://h' is not a host or host:port"},
        {"UPLOAD_ADDRESSING", "dns", "write auto, virtual or path"},
        {"UPLOAD_KEY", "{nam}",
         "{nam} is not a placeholder; use {name} {stem} {ext} {date} {uuid} {user}"},
        {"UPLOAD_OVERWRITE", "maybe", "write yes or no"},
        {"UPLOAD_MAX_SIZE", "big",
         "write a number of bytes, or a number with K, M, G or T, such as 100M"},
        {"UPLOAD_TYPES", "png",
         "write content types separated by commas, such as image/*, text/plain"},
        {"UPLOAD_ORIGINS", "https://x/",
         "'https://x/' is not an origin; write https://host or https://host:port, without a path"},
        {"UPLOAD_REQUIRE_USER", "1", "write yes or no"},
        {"UPLOAD_PAYLOAD", "none", "write auto, signed, chunked or unsigned"},
        {"UPLOAD_RETRIES", "0", "write the number of attempts per PUT, from 1 to 10"},
        {"UPLOAD_TIMEOUT", "0", "write a number of seconds, such as 60"},
        {"UPLOAD_SPOOL_DIR", "/nonexistent", "name a folder that the program can write to"},
        {"AWS_REGION", "eu west 1", "write the name of a region, such as eu-west-1"},
        {"AWS_CA_BUNDLE", "/nonexistent", "name a file that the program can read"},
        {"AWS_ENDPOINT_URL_S3", "store", "write it as https://host or http://host:port"},
    };
    for (const auto& each : cases) {
        const std::string expected = std::string(each.name) + "=" + each.value + ": " + each.right;
        SettingsSource source;
        BOOST_TEST(source.problems({{each.name, each.value}}) == expected);
        BOOST_TEST(source.wrong);
        SettingsSource from_file(std::string(each.name) + "=" + each.value + "\n");
        from_file.set.erase(each.name);
        BOOST_TEST(from_file.problems() == expected);
    }
}

BOOST_AUTO_TEST_CASE(several_problems_at_once) {
    SettingsSource source("UPLOAD_NO_SUCH=1\n");
    const std::string problems = source.problems(
        {{"UPLOAD_TIMEOUT", "x"}, {"UPLOAD_OVERWRITE", "x"}, {"AWS_ENDPOINT_URL_S3", "x"}});
    BOOST_TEST(split(problems, '\n').size() == 4U, problems);
    for (const char* name :
         {"UPLOAD_NO_SUCH", "UPLOAD_TIMEOUT=x", "UPLOAD_OVERWRITE=x", "AWS_ENDPOINT_URL_S3=x"}) {
        BOOST_TEST(contains(problems, name), problems);
    }
    BOOST_TEST(source.wrong);
}

BOOST_AUTO_TEST_CASE(missing_is_not_wrong) {
    SettingsSource source;
    source.set.erase("UPLOAD_BUCKETS");
    BOOST_TEST(source.problems() ==
               "UPLOAD_BUCKETS is not set: list the buckets that forms may upload to");
    BOOST_TEST(!source.wrong);
    source.set.erase("AWS_ACCESS_KEY_ID");
    source.set.erase("AWS_SECRET_ACCESS_KEY");
    BOOST_TEST(source.problems() ==
               "UPLOAD_BUCKETS is not set: list the buckets that forms may upload to\n"
               "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
    BOOST_TEST(!source.wrong);
    source.problems({{"UPLOAD_TIMEOUT", "x"}});
    BOOST_TEST(source.wrong);
}

BOOST_AUTO_TEST_CASE(named_file_is_missing) {
    SettingsSource source;
    const std::string absent = source.folder.path("absent.conf");
    BOOST_TEST(source.problems({{"UPLOAD_CONFIG", absent}}) ==
               "UPLOAD_CONFIG=" + absent + ": no such file");
    BOOST_TEST(source.wrong);
}

BOOST_AUTO_TEST_CASE(named_file_cannot_be_read) {
    SettingsSource source;
    BOOST_TEST(contains(source.problems({{"UPLOAD_CONFIG", source.folder.path().string()}}),
                        source.folder.path().string()));
    BOOST_TEST(source.wrong);
}

BOOST_AUTO_TEST_CASE(unknown_name_in_the_file) {
    for (const std::string name :
         {"UPLOAD_BUCKET", "UPLOAD_QUOTA", "upload_buckets", "UPLOAD_CONFIG", "AWS_SECRET_KEY"}) {
        SettingsSource source(name + "=hunter2\n");
        BOOST_TEST(source.problems() ==
                   source.set["UPLOAD_CONFIG"] + ": " + name + ": unknown setting" +
                       (name == "UPLOAD_BUCKET" ? "; did you mean UPLOAD_BUCKETS?" : ""));
        BOOST_TEST(source.wrong);
    }
}

BOOST_AUTO_TEST_CASE(sections_in_the_file) {
    SettingsSource source("[default]\naws_access_key_id=x\n");
    BOOST_TEST(source.problems() == source.set["UPLOAD_CONFIG"] + ": [sections] are not allowed");
}

BOOST_AUTO_TEST_CASE(profile_missing) {
    SettingsSource source;
    BOOST_TEST(source.problems({{"AWS_PROFILE", "nosuch"}}).starts_with("AWS_PROFILE=nosuch: "));
    BOOST_TEST(source.wrong);
}

BOOST_AUTO_TEST_CASE(half_a_key_pair_is_one_problem) {
    SettingsSource source;
    BOOST_TEST(source.problems({{"AWS_SECRET_ACCESS_KEY", ""}}) ==
               "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set together");
    BOOST_TEST(source.wrong);
}

BOOST_AUTO_TEST_CASE(wrong_value_cannot_forge_a_line) {
    SettingsSource source;
    const std::string problems = source.problems({{"UPLOAD_TIMEOUT", "1\nUPLOAD_KEY=x"}});
    BOOST_TEST(!contains(problems, "\n"), problems);
}

// Every setting that may contain a secret, each with a wrong value.
BOOST_AUTO_TEST_CASE(no_secret_is_shown) {
    const std::vector<Variables> cases = {
        {{"AWS_ACCESS_KEY_ID", ""}, {"AWS_SECRET_ACCESS_KEY", "hunter2"}},
        {{"AWS_ACCESS_KEY_ID", "AKID"},
         {"AWS_SECRET_ACCESS_KEY", ""},
         {"AWS_SESSION_TOKEN", "hunter2"}},
        {{"AWS_SESSION_TOKEN", "hunter2\n"}, {"UPLOAD_TIMEOUT", "x"}},
        {{"UPLOAD_S3_HEADERS", "x-amz-server-side-encryption-customer-key: hunter2; broken"}},
        {{"UPLOAD_S3_HEADERS", "hunter2"}},
        {{"UPLOAD_S3_HEADERS", "Authorization: hunter2"}},
        {{"UPLOAD_S3_HEADERS", "x: hunter2\r\ny: hunter2"}},
        {{"AWS_ENDPOINT_URL_S3", "https://user:hunter2@store"}},
        {{"AWS_ENDPOINT_URL", "https://hunter2@store"}},
        {{"AWS_ENDPOINT_URL", "https://store/?X-Amz-Signature=hunter2"}},
        {{"UPLOAD_HOSTS", "user:hunter2@store"}},
        {{"UPLOAD_HOSTS", "good,https://user:hunter2@store/x"}},
        {{"UPLOAD_BUCKETS", "https://user:hunter2@store/demo"}},
        {{"AWS_CA_BUNDLE", "https://user:hunter2@store/ca.pem"}},
    };
    for (const Variables& each : cases) {
        const std::string problems = SettingsSource().problems(each);
        BOOST_TEST(!problems.empty());
        BOOST_TEST(!contains(problems, "hunter2"), problems);
    }
}

BOOST_AUTO_TEST_CASE(no_secret_of_a_broken_file_is_shown) {
    for (const std::string content :
         {"AWS_SECRET_ACCESS_KEY hunter2\n", "AWS_SECRET_ACCESS_KEY: hunter2\n", "hunter2\n",
          "[hunter2\n", "=hunter2\n", "AWS_SECRET_ACCESS_KEY=\nwJalrhunter2=\n",
          "AWS_SECRET_ACCESS_KEY=\n  wJalrhunter2=\n",
          "AWS_SECRET_ACCESS_KEY=hunter2\nAWS_SECRET_ACCESS_KEY=hunter2\n",
          "aws_secret_access_key=hunter2\n", "[default]\naws_secret_access_key=hunter2\n"}) {
        SettingsSource source(content);
        source.set.erase("AWS_SECRET_ACCESS_KEY");
        const std::string problems = source.problems();
        BOOST_TEST(!problems.empty(), content);
        BOOST_TEST(!contains(problems, "hunter2"), problems);
    }
    for (const std::string file : {"home/.aws/credentials", "home/.aws/config"}) {
        SettingsSource source;
        source.folder.file(file, "[default]\naws_secret_access_key hunter2\n");
        const std::string problems = source.problems();
        BOOST_TEST(contains(problems, file + ":2: "), problems);
        BOOST_TEST(!contains(problems, "hunter2"), problems);
    }
}

BOOST_AUTO_TEST_CASE(unsigned_over_http) {
    SettingsSource source;
    BOOST_TEST(source.problems({{"UPLOAD_PAYLOAD", "unsigned"},
                                {"AWS_ENDPOINT_URL_S3", "http://store.example:9000"}}) ==
               "UPLOAD_PAYLOAD=unsigned is safe only over https, and AWS_ENDPOINT_URL_S3 is an "
               "http address; write auto, signed or chunked");
    BOOST_TEST(source.wrong);
}

BOOST_AUTO_TEST_SUITE_END()
