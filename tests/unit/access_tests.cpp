#include <boost/test/unit_test.hpp>

#include "s3/access.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(s3_access)

// An endpoint at Amazon; other hosts at Amazon and below .example are allowed.
Access amazon() {
    Access access;
    access.endpoint = {
        .scheme = "https", .host = "s3.eu-west-1.amazonaws.com", .port = "", .path = ""};
    access.region = "eu-west-1";
    access.hosts = {{"*.amazonaws.com", ""}, {"*.example", "9000"}};
    return access;
}

Destination destination_on(const Access& access) {
    return {.bucket = "demo",
            .key = "a.txt",
            .content_type = "text/plain",
            .region = access.region,
            .address = address_of(access.endpoint, access.addressing, "demo", "a.txt")};
}

// "region url", or "" if it is not followed.
std::string redirect_to(const std::string& host, const std::string& region) {
    const Access access = amazon();
    const auto there = redirected(access, destination_on(access), host, region);
    return there ? there->region + " " + there->address.url : "";
}

BOOST_AUTO_TEST_CASE(redirects) {
    const std::string frankfurt = "https://demo.s3.eu-central-1.amazonaws.com/a.txt";
    const struct {
        const char* host;
        const char* region;
        std::string there;
    } cases[] = {
        {"s3.eu-central-1.amazonaws.com", "", "eu-central-1 " + frankfurt},
        {"demo.s3.eu-central-1.amazonaws.com", "", "eu-central-1 " + frankfurt},
        {"demo.s3.eu-central-1.amazonaws.com", "eu-central-2", "eu-central-2 " + frankfurt},
        {"s3-accelerate.amazonaws.com", "",
         "eu-west-1 https://demo.s3-accelerate.amazonaws.com/a.txt"},
        {"", "us-east-2", "us-east-2 https://demo.s3.eu-west-1.amazonaws.com/a.txt"},
        {"b.example:9000", "", "eu-west-1 https://b.example:9000/demo/a.txt"},
        {"b.example", "", ""},
        {"s3.amazonaws.com.evil", "", ""},
        {"demo.evil", "", ""},
        {"s3.eu-west-1.amazonaws.com", "", ""},
        {"s3.eu-west-1.amazonaws.com", "eu-west-1", ""},
        {"", "", ""},
        {"", "a\nb", ""},
    };
    for (const auto& each : cases)
        BOOST_TEST(redirect_to(each.host, each.region) == each.there);
}

BOOST_AUTO_TEST_SUITE_END()
