#include <boost/test/unit_test.hpp>

#include <stdexcept>

#include "s3/endpoint.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(endpoint)

// The endpoint in one line, or "refused".
std::string shown(const std::string& url) {
    try {
        const Endpoint parsed = parse_endpoint(url);
        return parsed.scheme + "|" + parsed.host + "|" + parsed.port + "|" + parsed.path;
    } catch (const std::runtime_error&) {
        return "refused";
    }
}

BOOST_AUTO_TEST_CASE(valid_urls) {
    const struct {
        const char* url;
        const char* expected;
    } cases[] = {
        {"https://s3.eu-west-1.amazonaws.com", "https|s3.eu-west-1.amazonaws.com||"},
        {"http://127.0.0.1:9000", "http|127.0.0.1|9000|"},
        {"http://localhost/", "http|localhost||"},
        {"HTTPS://Store.Example/", "https|store.example||"},
        {"https://store:443", "https|store||"},
        {"https://store:80", "https|store|80|"},
        {"http://store:80/", "http|store||"},
        {"http://store:443", "http|store|443|"},
        {"https://store:65535/s3", "https|store|65535|/s3"},
        {"https://store/a/b-c_d.e~f//", "https|store||/a/b-c_d.e~f"},
        {"http://ceph_node-1:7480", "http|ceph_node-1|7480|"},
    };
    for (const auto& each : cases)
        BOOST_TEST(shown(each.url) == each.expected, each.url);
}

BOOST_AUTO_TEST_CASE(invalid_urls) {
    for (const char* url : {"",
                            "s3.amazonaws.com",
                            "s3.amazonaws.com:443",
                            "//store",
                            "ftp://store",
                            "s3://bucket",
                            "https:/store",
                            "https://",
                            "https:///path",
                            "https://:443",
                            "https://store:",
                            "https://store:0",
                            "https://store:65536",
                            "https://store:99999999999",
                            "https://store:9x",
                            "https://user@store",
                            "https://user:password@store",
                            "https://[::1]:9000",
                            "https://a b",
                            "https://store/a b",
                            "https://store?x",
                            "https://store/?x",
                            "https://store#x",
                            "https://store/#x",
                            "https://store/a%20b",
                            "https://store/\r\nX-Forged:1",
                            "https://store\r\nX-Forged:1",
                            "https://store/\"><b>",
                            "https://store/\xC3\xBC",
                            " https://store",
                            "https://store ",
                            "https://st\xC3\xB6re",
                            "https://store\\x"}) {
        BOOST_TEST(shown(url) == "refused", url);
    }
}

BOOST_AUTO_TEST_CASE(problem_is_explained_without_secrets) {
    for (const char* url : {"store", "https://user:hunter2@store", "https://store/?hunter2"}) {
        try {
            parse_endpoint(url);
            BOOST_ERROR(url);
        } catch (const std::runtime_error& error) {
            const std::string text = error.what();
            BOOST_TEST(text.size() > 20U);
            BOOST_TEST(text.find("hunter2") == std::string::npos, text);
        }
    }
}

std::string url_of(const char* endpoint, Addressing addressing, const char* bucket,
                   const char* key = "k") {
    const ObjectAddress address = address_of(parse_endpoint(endpoint), addressing, bucket, key);
    const std::string url = address.url;
    BOOST_TEST(url.substr(url.find("://") + 3) == address.authority + address.path);
    return url;
}

BOOST_AUTO_TEST_CASE(addressing) {
    constexpr const char* amazon = "https://s3.eu-west-1.amazonaws.com";
    constexpr const char* china = "https://s3.cn-north-1.amazonaws.com.cn";
    constexpr const char* plain_amazon = "http://s3.eu-west-1.amazonaws.com";
    constexpr const char* store = "http://store:9000";
    constexpr const char* below = "https://store/s3";
    constexpr auto automatic = Addressing::automatic;
    constexpr auto virtual_host = Addressing::virtual_host;
    constexpr auto path = Addressing::path;
    const struct {
        const char* endpoint;
        Addressing addressing;
        const char* bucket;
        const char* url;
    } cases[] = {
        {amazon, automatic, "demo", "https://demo.s3.eu-west-1.amazonaws.com/k"},
        {amazon, automatic, "a.b", "https://s3.eu-west-1.amazonaws.com/a.b/k"},
        {amazon, virtual_host, "a.b", "https://a.b.s3.eu-west-1.amazonaws.com/k"},
        {amazon, path, "demo", "https://s3.eu-west-1.amazonaws.com/demo/k"},
        {plain_amazon, automatic, "a.b", "http://a.b.s3.eu-west-1.amazonaws.com/k"},
        {china, automatic, "demo", "https://demo.s3.cn-north-1.amazonaws.com.cn/k"},
        {store, automatic, "demo", "http://store:9000/demo/k"},
        {store, virtual_host, "demo", "http://demo.store:9000/k"},
        {store, path, "a.b", "http://store:9000/a.b/k"},
        {below, automatic, "demo", "https://store/s3/demo/k"},
        {below, virtual_host, "demo", "https://demo.store/s3/k"},
        {"https://fakeamazonaws.com", automatic, "demo", "https://fakeamazonaws.com/demo/k"},
        {"https://amazonaws.com.evil", automatic, "demo", "https://amazonaws.com.evil/demo/k"},
    };
    for (const auto& each : cases) {
        BOOST_TEST(url_of(each.endpoint, each.addressing, each.bucket) == each.url);
    }
}

BOOST_AUTO_TEST_CASE(default_port_is_not_in_the_host_header) {
    const Endpoint https = parse_endpoint("https://store:443");
    BOOST_TEST(address_of(https, Addressing::path, "b", "k").authority == "store");
}

BOOST_AUTO_TEST_CASE(keys_with_unusual_characters) {
    const struct {
        const char* key;
        const char* path;
    } cases[] = {
        {"a b+c", "/b/a%20b%2Bc"},
        {"a/b//c/", "/b/a/b//c/"},
        {"/lead", "/b//lead"},
        {"100%.txt", "/b/100%25.txt"},
        {"%41", "/b/%2541"},
        {"?x=1&y#z", "/b/%3Fx%3D1%26y%23z"},
        {"gr\xC3\xBC\xC3\x9F.txt", "/b/gr%C3%BC%C3%9F.txt"},
        {"\xF0\x9F\x8E\x89", "/b/%F0%9F%8E%89"},
        {"'\"<>\\^`{|}", "/b/%27%22%3C%3E%5C%5E%60%7B%7C%7D"},
        {"!*();:@=$,[]~", "/b/%21%2A%28%29%3B%3A%40%3D%24%2C%5B%5D~"},
    };
    for (const auto& each : cases) {
        BOOST_TEST(url_of("http://h", Addressing::path, "b", each.key) ==
                   std::string("http://h") + each.path);
    }
}

BOOST_AUTO_TEST_CASE(region_of_a_host) {
    const struct {
        const char* host;
        const char* region;
    } cases[] = {
        {"s3.eu-west-1.amazonaws.com", "eu-west-1"},
        {"s3-eu-west-1.amazonaws.com", "eu-west-1"},
        {"s3.dualstack.eu-west-1.amazonaws.com", "eu-west-1"},
        {"s3-fips.us-gov-west-1.amazonaws.com", "us-gov-west-1"},
        {"s3-fips-us-gov-west-1.amazonaws.com", "us-gov-west-1"},
        {"s3-fips.dualstack.us-east-2.amazonaws.com", "us-east-2"},
        {"s3.cn-north-1.amazonaws.com.cn", "cn-north-1"},
        {"s3.amazonaws.com", "us-east-1"},
        {"s3-external-1.amazonaws.com", "us-east-1"},
        {"s3-accelerate.amazonaws.com", ""},
        {"s3-accelerate.dualstack.amazonaws.com", ""},
        {"demo.s3.eu-west-1.amazonaws.com", ""},
        {"s3.eu-west-1.example", ""},
        {"s3.eu-west-1.amazonaws.com.example", ""},
        {"store", ""},
        {"", ""},
    };
    for (const auto& each : cases)
        BOOST_TEST(region_of(each.host) == each.region, each.host);
}

BOOST_AUTO_TEST_SUITE_END()
