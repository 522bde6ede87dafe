#include <boost/test/unit_test.hpp>

#include "base/failure.h"
#include "rules/policy.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

// Which hosts a form may name; the rest of the policy is in policy_tests.cpp.
BOOST_AUTO_TEST_SUITE(policy_hosts)

Destination destination_at(const std::string& named, const Settings& settings) {
    return destination_of(
        settings, {.bucket = "", .host = named, .name = "a.txt", .content_type = "text/plain"},
        {.user = "", .date = "", .uuid = ""});
}

// The object's URL, or the status and text of the failure. The endpoint's own host is
// store.example:9000.
std::string url_at(const std::string& named, const Settings& settings) {
    try {
        return destination_at(named, settings).address.url;
    } catch (const Failure& failure) {
        return std::to_string(static_cast<int>(failure.status)) + " " + failure.detail;
    }
}

BOOST_AUTO_TEST_CASE(host_of_the_endpoint) {
    const Settings settings = canned_settings();
    for (const char* named : {"", "store.example", "store.example:9000", "STORE.Example"}) {
        BOOST_TEST(url_at(named, settings) == "http://store.example:9000/demo/a.txt", named);
    }
    for (const std::string named : {"store.example:80", "store.example:9001", "other.example",
                                    "example", "x.store.example", "store.example.evil"}) {
        BOOST_TEST(url_at(named, settings) ==
                   "403 Uploads to the host '" + named + "' are not allowed here.");
    }
}

BOOST_AUTO_TEST_CASE(listed_hosts) {
    Settings settings = canned_settings();
    settings.access.hosts = {
        {"exact.example", ""}, {"port.example", "7480"}, {"*.glob.example", ""}};
    const struct {
        const char* named;
        const char* authority;  // "" if it is refused
    } cases[] = {
        {"exact.example", "exact.example:9000"},
        {"exact.example:9000", "exact.example:9000"},
        {"Exact.EXAMPLE", "exact.example:9000"},
        {"exact.example:80", ""},
        {"port.example:7480", "port.example:7480"},
        {"port.example", ""},
        {"a.glob.example", "a.glob.example:9000"},
        {"a.b.glob.example", "a.b.glob.example:9000"},
        {"glob.example", ""},
        {"a.glob.example:443", ""},
        {"a.glob.example.evil", ""},
        {"evil-glob.example", ""},
        {"store.example", "store.example:9000"},
    };
    for (const auto& each : cases) {
        const std::string expected =
            *each.authority != '\0'
                ? std::string("http://") + each.authority + "/demo/a.txt"
                : std::string("403 Uploads to the host '") + each.named + "' are not allowed here.";
        BOOST_TEST(url_at(each.named, settings) == expected);
    }
}

BOOST_AUTO_TEST_CASE(default_port_is_optional) {
    Settings settings = canned_settings();
    settings.access.endpoint = {
        .scheme = "https", .host = "s3.eu-west-1.amazonaws.com", .port = "", .path = ""};
    settings.access.hosts = {{"*.amazonaws.com", ""}};
    for (const char* named : {"s3.us-east-2.amazonaws.com", "s3.us-east-2.amazonaws.com:443"}) {
        BOOST_TEST(url_at(named, settings) == "https://demo.s3.us-east-2.amazonaws.com/a.txt");
    }
    BOOST_TEST(url_at("s3.us-east-2.amazonaws.com:80", settings).starts_with("403 "));
    settings.access.hosts = {{"*.amazonaws.com", "443"}};
    BOOST_TEST(url_at("s3.us-east-2.amazonaws.com", settings).starts_with("https://"));
}

BOOST_AUTO_TEST_CASE(tricky_hosts) {
    Settings settings = canned_settings();
    settings.access.hosts = {{"*", ""}, {"*.allowed", ""}, {"*", "443"}};
    for (const char* named :
         {"evil@x.allowed", "x.allowed@evil", "evil#.allowed", "evil?.allowed", "evil/.allowed",
          "evil\\.allowed", "evil%2f.allowed", "evil:80@x.allowed", "http://x.allowed", "[::1]",
          "x.allowed:", "x.allowed:0", "x.allowed:65536", "x .allowed", "x.allowed\r\nX-Y: z",
          "\xE2\x84\xAA.allowed", "*", "*.allowed"}) {
        BOOST_TEST(url_at(named, settings).starts_with("403 Uploads to the host '"), named);
    }
}

BOOST_AUTO_TEST_CASE(region_of_the_host_or_of_the_settings) {
    Settings settings = canned_settings();
    settings.access.hosts = {{"*.amazonaws.com", ""}};
    const auto region = [&](const char* host) { return destination_at(host, settings).region; };
    BOOST_TEST(region("") == "eu-west-1");
    BOOST_TEST(region("s3.us-east-2.amazonaws.com") == "us-east-2");
    BOOST_TEST(region("s3-accelerate.amazonaws.com") == "eu-west-1");
}

BOOST_AUTO_TEST_SUITE_END()
