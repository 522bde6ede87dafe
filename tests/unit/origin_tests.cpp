#include <boost/test/unit_test.hpp>

#include "settings/origin.h"

using namespace s3drop;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(origin)

// The scheme, host and port of an origin, separated by blanks; "" if the text is not an origin.
std::string parsed(std::string_view text) {
    const auto origin = parse_origin(text);
    return origin ? origin->scheme + " " + origin->host + " " + origin->port : "";
}

BOOST_AUTO_TEST_CASE(origins_as_browsers_write_them) {
    BOOST_TEST(parsed("https://www.example.org") == "https www.example.org ");
    BOOST_TEST(parsed("http://localhost:8080") == "http localhost 8080");
    BOOST_TEST(parsed("https://xn--bcher-kva.example") == "https xn--bcher-kva.example ");
    BOOST_TEST(parsed("http://192.0.2.7:81") == "http 192.0.2.7 81");
    BOOST_TEST(parsed("http://[2001:db8::7]") == "http [2001:db8::7] ");
    BOOST_TEST(parsed("http://[::1]:8080") == "http [::1] 8080");
    BOOST_TEST(parsed("HTTPS://WWW.Example.ORG") == "https www.example.org ");
    BOOST_TEST(parsed("chrome-extension://abcdefghijklmnop") ==
               "chrome-extension abcdefghijklmnop ");
}

BOOST_AUTO_TEST_CASE(texts_that_are_not_an_origin) {
    for (const std::string& text : {""s,
                                    "null"s,
                                    "NULL"s,
                                    "https"s,
                                    "https:"s,
                                    "https://"s,
                                    "://host"s,
                                    "www.example.org"s,
                                    "//host"s,
                                    "https:/host"s,
                                    "https://host/"s,
                                    "https://host/path"s,
                                    "https://host?q"s,
                                    "https://host#f"s,
                                    "https://user@host"s,
                                    "https://user:pw@host"s,
                                    "https://host:"s,
                                    "https://host:0"s,
                                    "https://host:65536"s,
                                    "https://host:8o"s,
                                    "https://host:80:80"s,
                                    "https://a https://b"s,
                                    "https://a, https://b"s,
                                    "https://a,https://b"s,
                                    " https://host"s,
                                    "https://host "s,
                                    "https://ho st"s,
                                    "https://*"s,
                                    "*"s,
                                    "https://h\xC3\xB6st"s,
                                    "1https://host"s,
                                    "ht tp://host"s,
                                    "https://[::1"s,
                                    "https://[::1]x"s,
                                    "https://[::1]:"s,
                                    "https://[]"s,
                                    "https://[abc]"s,
                                    "https://[::g]"s,
                                    "https://[::1%25eth0]"s,
                                    "https://::1"s,
                                    "https://host%00"s,
                                    "https://host%0d%0a"s,
                                    std::string(33, 'x') + "://host",
                                    "https://" + std::string(254, 'x'),
                                    "https://[" + std::string(47, ':') + "]",
                                    "https://" + std::string(10000, 'x')}) {
        BOOST_TEST(parsed(text) == "", text);
    }
}

BOOST_AUTO_TEST_CASE(origins_with_control_characters) {
    for (int byte = 0; byte <= 0x20; ++byte) {
        const std::string c(1, static_cast<char>(byte));
        for (const std::string& text :
             {"https://host" + c, "https://ho" + c + "st", c + "https://host",
              "ht" + c + "tps://host", "https://host:80" + c, "https://[::1" + c + "]"}) {
            BOOST_TEST(parsed(text) == "", byte);
        }
    }
    BOOST_TEST(parsed("https://host\x7F") == "");
    BOOST_TEST(parsed("https://host\r\nX-Forged: 1") == "");
}

BOOST_AUTO_TEST_SUITE_END()
