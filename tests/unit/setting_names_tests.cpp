#include <boost/test/unit_test.hpp>

#include "settings/setting_names.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(setting_names)

const std::vector<std::string> names = {"UPLOAD_TYPES", "UPLOAD_TIMEOUT", "AWS_REGION"};

BOOST_AUTO_TEST_CASE(nearest_name_to_a_typo) {
    const struct {
        const char* name;
        const char* nearest;
    } cases[] = {
        {"UPLOAD_TYPES", "UPLOAD_TYPES"},
        {"UPLOAD_TYPE", "UPLOAD_TYPES"},
        {"UPLOAD_TIMOUT", "UPLOAD_TIMEOUT"},
        {"UPLAOD_TIMEOUT", "UPLOAD_TIMEOUT"},
        {"AWS_REGOIN", "AWS_REGION"},
        {"AWSREGION", "AWS_REGION"},
        {"AWS_REGIO_N", "AWS_REGION"},
        {"UPLOAD_TYP", "UPLOAD_TYPES"},
        {"UPLOAD_KEY", ""},
        {"PATH", ""},
        {"", ""},
    };
    for (const auto& each : cases)
        BOOST_TEST(nearest_name(each.name, names) == each.nearest, each.name);
    BOOST_TEST(nearest_name("UPLOAD_TYPES", {}) == "");
}

BOOST_AUTO_TEST_CASE(text_for_an_unknown_name) {
    BOOST_TEST(unknown_setting("UPLOAD_TYPE", names) ==
               "UPLOAD_TYPE: unknown setting; did you mean UPLOAD_TYPES?");
    BOOST_TEST(unknown_setting("UPLOAD_SOMETHING", names) == "UPLOAD_SOMETHING: unknown setting");
    for (const char* secret : {"wJalrXUtnFEMI/K7MDENG/bPx", "hunter2", "AWS_x+y", "UPLOAD_=?"})
        BOOST_TEST(unknown_setting(secret, names) ==
                   "unknown setting (not shown because it may be part of a secret)");
}

BOOST_AUTO_TEST_CASE(values_that_may_be_shown) {
    BOOST_TEST(redacted("UPLOAD_TYPES", "png") == "UPLOAD_TYPES=png");
    BOOST_TEST(redacted("UPLOAD_TYPES", "a\nb") == "UPLOAD_TYPES=a?b");
    BOOST_TEST(redacted("UPLOAD_S3_HEADERS", "x") == "UPLOAD_S3_HEADERS");
    BOOST_TEST(redacted("AWS_ENDPOINT_URL", "http://me:hunter2@s3") == "AWS_ENDPOINT_URL");
    BOOST_TEST(redacted("AWS_ENDPOINT_URL", "http://s3/?Signature=x") == "AWS_ENDPOINT_URL");
}

BOOST_AUTO_TEST_SUITE_END()
