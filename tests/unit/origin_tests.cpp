#include <boost/test/unit_test.hpp>

#include "rules/origin.h"
#include "settings/setting_values.h"
#include "unit/fakes.h"

using namespace s3drop;
using namespace s3drop::test;
using namespace std::string_literals;

// What is read as an origin and what is said of it; who is let in is in origin_admits_tests.cpp.
BOOST_AUTO_TEST_SUITE(origin)

using Variables = std::map<std::string, std::string, std::less<>>;

FakeRequest& with(FakeRequest& request, const Variables& variables) {
    request.variables = variables;
    return request;
}

// The parts of an origin with blanks between; "" where it is none.
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

BOOST_AUTO_TEST_CASE(what_is_no_origin) {
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

BOOST_AUTO_TEST_CASE(control_characters_make_no_origin) {
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

constexpr const char* listed =
    "https://other.example, http://plain.example:8080, https://*.glob.example";

BOOST_AUTO_TEST_CASE(what_is_said_of_a_refusal) {
    FakeRequest request;
    const auto told = [&](const char* sent) {
        return foreign_page(with(request, {{"HTTP_ORIGIN", sent}})).detail;
    };
    BOOST_TEST(told("https://evil.example") ==
               "Uploads from pages of 'https://evil.example' are not allowed here.");
    for (const char* unnamed : {"", "null", "<script>", "https://x\r\nX-Forged: 1"})
        BOOST_TEST(told(unnamed) == "Uploads from pages of other sites are not allowed here.");
    const Failure refused =
        foreign_page(with(request, {{"HTTP_ORIGIN", "a\r\nb"}, {"HTTP_SEC_FETCH_SITE", "x\ny"}}));
    BOOST_TEST((refused.status == Status::forbidden));
    BOOST_TEST(refused.private_detail ==
               "Origin 'a??b', Sec-Fetch-Site 'x?y', Host ''; see UPLOAD_ORIGINS");
}

BOOST_AUTO_TEST_CASE(preflights) {
    FakeRequest request;
    const Variables whole = {{"REQUEST_METHOD", "OPTIONS"},
                             {"HTTP_ORIGIN", "https://other.example"},
                             {"HTTP_ACCESS_CONTROL_REQUEST_METHOD", "POST"}};
    BOOST_TEST(is_preflight(with(request, whole)));
    for (const auto& [name, value] : whole) {
        Variables part = whole;
        part.erase(name);
        BOOST_TEST(!is_preflight(with(request, part)), name);
    }
}

// "allowed" or "allowed with credentials", and "varies".
std::string crossing(const std::string& origins, const std::string& sent) {
    FakeRequest request;
    const Origins allowed = origins.empty() ? Origins{} : parse_origins(origins);
    const CrossOrigin cross = cross_origin(allowed, with(request, {{"HTTP_ORIGIN", sent}}));
    return cross.allowed + (cross.credentials ? " with credentials" : "") +
           (cross.varies ? " varies" : "");
}

BOOST_AUTO_TEST_CASE(whose_scripts_may_read) {
    const std::string own = "https://other.example";
    BOOST_TEST(crossing("", own) == "");
    BOOST_TEST(crossing("", "") == "");
    BOOST_TEST(crossing(listed, "") == " varies");
    BOOST_TEST(crossing(listed, "null") == " varies");
    BOOST_TEST(crossing(listed, "https://evil.example") == " varies");
    BOOST_TEST(crossing(listed, own) == own + " with credentials varies");
    BOOST_TEST(crossing(listed, "https://a.glob.example") ==
               "https://a.glob.example with credentials varies");
    BOOST_TEST(crossing("*", "") == " varies");
    BOOST_TEST(crossing("*", own) == own + " varies");
    BOOST_TEST(crossing("*", "null") == "null varies");
    BOOST_TEST(crossing("https://*", "https://evil.example") ==
               "https://evil.example with credentials varies");
}

BOOST_AUTO_TEST_CASE(what_is_no_origin_is_never_echoed) {
    for (const std::string& sent :
         {"https://other.example\r\nX-Forged: 1"s, "https://other.example\nX: 1"s,
          "https://other.example\0"s, "null\r\n"s, "https://other.example/\"<script>"s,
          "https://" + std::string(10000, 'x') + ".glob.example", std::string(10000, 'x'),
          "https://\x1B[31m.glob.example"s, "*"s, "https://*.glob.example"s}) {
        for (const std::string origins : {"*", listed, "https://*"})
            BOOST_TEST(crossing(origins, sent) == " varies");
    }
}

BOOST_AUTO_TEST_SUITE_END()
