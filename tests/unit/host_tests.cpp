#include <boost/test/unit_test.hpp>

#include "base/host.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(host)

BOOST_AUTO_TEST_CASE(valid_hosts) {
    const struct {
        const char* text;
        const char* host;
        const char* port;
    } cases[] = {
        {"store", "store", ""},
        {"Store.Example", "store.example", ""},
        {"store:1", "store", "1"},
        {"store:65535", "store", "65535"},
        {"192.0.2.7:9000", "192.0.2.7", "9000"},
        {"s3_internal-1.example", "s3_internal-1.example", ""},
    };
    for (const auto& each : cases) {
        const auto parsed = parse_host(each.text);
        BOOST_REQUIRE_MESSAGE(parsed, each.text);
        BOOST_TEST(parsed->host == each.host);
        BOOST_TEST(parsed->port == each.port);
    }
    BOOST_TEST(parse_host(std::string(253, 'a')).has_value());
}

BOOST_AUTO_TEST_CASE(invalid_hosts) {
    using namespace std::string_literals;
    for (const std::string& text : {""s,
                                    ":"s,
                                    ":80"s,
                                    "store:"s,
                                    "store:0"s,
                                    "store:65536"s,
                                    "store:-1"s,
                                    "store:+1"s,
                                    "store: 80"s,
                                    "store:80 "s,
                                    "store:8o"s,
                                    "store:80:90"s,
                                    "store:000080"s,
                                    "[::1]"s,
                                    "[::1]:9000"s,
                                    "::1"s,
                                    "store/"s,
                                    "store/x"s,
                                    "https://store"s,
                                    "user@store"s,
                                    "allowed@evil"s,
                                    "allowed:80@evil"s,
                                    "evil#.allowed"s,
                                    "evil?.allowed"s,
                                    "evil%2f"s,
                                    "evil\\.allowed"s,
                                    "a b"s,
                                    " store"s,
                                    "store\t"s,
                                    "store\n"s,
                                    "store\r\nX: y"s,
                                    "sto\0re"s,
                                    "st\xC3\xB6re"s,
                                    "*.example"s,
                                    "store,evil"s,
                                    "store;evil"s,
                                    std::string(254, 'a')}) {
        BOOST_TEST(!parse_host(text).has_value(), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
