#include <boost/test/unit_test.hpp>

#include "rules/cross_origin.h"
#include "settings/setting_values.h"
#include "unit/fakes.h"

using namespace s3drop;
using namespace s3drop::test;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(cross_origin)

using Variables = std::map<std::string, std::string, std::less<>>;

FakeRequest& with(FakeRequest& request, const Variables& variables) {
    request.variables = variables;
    return request;
}

// The headers of a request to www.example.org, and whether it is admitted if the origins in
// `listed` are allowed.
struct Case {
    const char* site;    // Sec-Fetch-Site
    const char* origin;  // Origin
    bool admitted;
};

constexpr const char* listed =
    "https://other.example, http://plain.example:8080, https://*.glob.example";

void check_admitted(const std::vector<Case>& cases, const Variables& more,
                    const std::string& origins = listed) {
    for (const Case& each : cases) {
        BOOST_TEST_CONTEXT(each.site << " | " << each.origin) {
            FakeRequest request;
            request.variables = more;
            request.variables.emplace("HTTP_HOST", "www.example.org");
            if (*each.site != '\0') request.variables.emplace("HTTP_SEC_FETCH_SITE", each.site);
            if (*each.origin != '\0') request.variables.emplace("HTTP_ORIGIN", each.origin);
            const Origins allowed = origins.empty() ? Origins{} : parse_origins(origins);
            BOOST_TEST(page_may_upload(allowed, request) == each.admitted);
        }
    }
}

BOOST_AUTO_TEST_CASE(sec_fetch_site_takes_precedence) {
    check_admitted({{"same-origin", "https://www.example.org", true},
                    {"same-origin", "", true},
                    {"same-origin", "null", true},
                    {"none", "", true},
                    {"none", "null", true},
                    {"same-site", "https://www.example.org", false},
                    {"cross-site", "https://www.example.org", false},
                    {"cross-site", "http://www.example.org", false},
                    {"cross-site", "https://evil.example", false},
                    {"cross-site", "null", false},
                    {"cross-site", "", false},
                    {"same-site", "", false}},
                   {});
}

BOOST_AUTO_TEST_CASE(unknown_sec_fetch_site_counts_as_cross_site) {
    for (const char* site :
         {"same-Origin", "SAME-ORIGIN", "same-origin ", "same-origin, cross-site", "none;x",
          "\"none\"", "?1", "same", "x", " ", "\xFF"}) {
        check_admitted({{site, "https://www.example.org", false},
                        {site, "", false},
                        {site, "https://other.example", true}},
                       {});
    }
}

BOOST_AUTO_TEST_CASE(listed_origins) {
    for (const char* site : {"", "same-site", "cross-site"}) {
        check_admitted({{site, "https://other.example", true},
                        {site, "https://other.example:443", true},
                        {site, "HTTPS://Other.Example", true},
                        {site, "http://plain.example:8080", true},
                        {site, "https://a.glob.example", true},
                        {site, "https://a.b.glob.example", true},
                        {site, "http://other.example", false},
                        {site, "https://other.example:8443", false},
                        {site, "https://other.example.evil.example", false},
                        {site, "https://evil-other.example", false},
                        {site, "https://x.other.example", false},
                        {site, "http://plain.example", false},
                        {site, "https://plain.example:8080", false},
                        {site, "https://glob.example", false},
                        {site, "https://evilglob.example", false},
                        {site, "https://a.glob.example.evil.example", false},
                        {site, "http://a.glob.example", false},
                        {site, "https://a.glob.example:8443", false},
                        {site, "https://other.example/", false},
                        {site, "https://other.example https://evil.example", false},
                        {site, "https://evil.example\r\n.glob.example", false},
                        {site, "null", false}},
                       {});
        check_admitted({{site, "https://other.example", false}}, {}, "");
    }
}

BOOST_AUTO_TEST_CASE(neither_header) {
    check_admitted({{"", "", true}}, {});
    check_admitted({{"", "", true}}, {}, "");
}

BOOST_AUTO_TEST_CASE(every_site) {
    for (const char* site : {"", "same-site", "cross-site", "x"}) {
        check_admitted({{site, "https://evil.example", true},
                        {site, "null", true},
                        {site, "", true},
                        {site, "garbage\r\n", true}},
                       {}, "*");
    }
}

// Without Sec-Fetch-Site: whether the Origin is that of the Host the request was sent to.
BOOST_AUTO_TEST_CASE(origins_that_match_the_host_of_the_request) {
    const struct {
        const char* host;
        const char* origin;
        bool http;   // admitted if the server says http, or nothing
        bool https;  // admitted if it says https
    } cases[] = {
        {"www.example.org", "http://www.example.org", true, false},
        {"www.example.org", "https://www.example.org", true, true},
        {"WWW.Example.ORG", "https://www.example.org", true, true},
        {"www.example.org", "https://WWW.EXAMPLE.ORG", true, true},
        {"www.example.org:80", "http://www.example.org", true, false},
        {"www.example.org:443", "https://www.example.org", true, true},
        {"www.example.org", "https://www.example.org:443", true, true},
        {"www.example.org:443", "http://www.example.org", false, false},
        {"www.example.org:80", "https://www.example.org", false, false},
        {"www.example.org:8080", "http://www.example.org:8080", true, false},
        {"www.example.org:8080", "https://www.example.org:8080", true, true},
        {"www.example.org:8080", "http://www.example.org", false, false},
        {"www.example.org", "http://www.example.org:8080", false, false},
        {"[::1]:8080", "http://[::1]:8080", true, false},
        {"[2001:DB8::7]", "https://[2001:db8::7]", true, true},
        {"[::1]", "http://[::2]", false, false},
        {"www.example.org", "http://example.org", false, false},
        {"www.example.org", "https://evil.www.example.org", false, false},
        {"www.example.org", "https://www.example.org.evil.example", false, false},
        {"www.example.org", "https://www.example.org.", false, false},
        {"www.example.org", "ftp://www.example.org", false, false},
        {"www.example.org", "null", false, false},
        {"null", "null", false, false},
        {"", "http://www.example.org", false, false},
        {"", "http://", false, false},
        {"www.example.org, evil.example", "http://evil.example", false, false},
        {"evil.example/", "http://evil.example/", false, false},
        {"x@evil.example", "http://evil.example", false, false},
    };
    for (const auto& each : cases) {
        for (const Variables& server :
             {Variables{}, Variables{{"REQUEST_SCHEME", "http"}}, Variables{{"HTTPS", "off"}},
              Variables{{"HTTPS", "on"}}, Variables{{"REQUEST_SCHEME", "https"}},
              Variables{{"HTTPS", "1"}, {"REQUEST_SCHEME", "https"}}}) {
            const bool https =
                server.contains("HTTPS")
                    ? server.at("HTTPS") != "off"
                    : server.contains("REQUEST_SCHEME") && server.at("REQUEST_SCHEME") == "https";
            Variables variables = server;
            variables["HTTP_HOST"] = each.host;
            check_admitted({{"", each.origin, https ? each.https : each.http}}, variables, "");
            check_admitted({{"cross-site", each.origin, false}}, variables, "");
        }
    }
}

BOOST_AUTO_TEST_CASE(texts_of_a_refusal) {
    FakeRequest request;
    const auto told = [&](const char* sent) {
        return page_not_allowed(with(request, {{"HTTP_ORIGIN", sent}})).detail;
    };
    BOOST_TEST(told("https://evil.example") ==
               "Uploads from pages of 'https://evil.example' are not allowed here.");
    for (const char* unnamed : {"", "null", "<script>", "https://x\r\nX-Forged: 1"})
        BOOST_TEST(told(unnamed) == "Uploads from pages of other sites are not allowed here.");
    const Failure refused = page_not_allowed(
        with(request, {{"HTTP_ORIGIN", "a\r\nb"}, {"HTTP_SEC_FETCH_SITE", "x\ny"}}));
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

// The allowed origin, " with credentials" and " varies", each if it applies.
std::string crossing(const std::string& origins, const std::string& sent) {
    FakeRequest request;
    const Origins allowed = origins.empty() ? Origins{} : parse_origins(origins);
    const CrossOrigin cross = s3drop::cross_origin(allowed, with(request, {{"HTTP_ORIGIN", sent}}));
    return cross.allowed + (cross.credentials ? " with credentials" : "") +
           (cross.varies ? " varies" : "");
}

BOOST_AUTO_TEST_CASE(origins_whose_scripts_may_read) {
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

BOOST_AUTO_TEST_CASE(invalid_origins_are_never_echoed) {
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
