#include <boost/test/unit_test.hpp>

#include "settings/setting_values.h"
#include "unit/canned_site.h"

using namespace s3drop;
using namespace s3drop::test;

// Pages of other sites, from the request to the reply.
BOOST_AUTO_TEST_SUITE(form_upload_origin)

// https://a.example may upload here.
struct Guarded : CannedSite {
    Guarded() {
        settings.origins = parse_origins("https://a.example");
        request.variables["HTTP_HOST"] = "www.example.org";
    }

    void from(const std::string& site, const std::string& origin) {
        request.variables["HTTP_SEC_FETCH_SITE"] = site;
        request.variables["HTTP_ORIGIN"] = origin;
    }

    std::string allowed() const { return header("Access-Control-Allow-Origin"); }
};

BOOST_FIXTURE_TEST_CASE(page_of_the_site_itself, Guarded) {
    from("same-origin", "https://www.example.org");
    post({text_file("a", "x")});
    BOOST_TEST(status() == 201);
    BOOST_TEST(allowed() == "");
    BOOST_TEST(header("Vary") == "Accept, Origin");
}

BOOST_FIXTURE_TEST_CASE(page_of_an_allowed_site, Guarded) {
    from("cross-site", "https://a.example");
    post({text_file("a", "x")});
    BOOST_TEST(status() == 201);
    BOOST_TEST(allowed() == "https://a.example");
    BOOST_TEST(header("Access-Control-Allow-Credentials") == "true");
    BOOST_TEST(header("Vary") == "Accept, Origin");
}

BOOST_FIXTURE_TEST_CASE(page_of_another_site_is_refused_unread, Guarded) {
    from("cross-site", "https://evil.example");
    post({text_file("a", "x")});
    BOOST_TEST(status() == 403);
    BOOST_TEST(contains(body(), "Uploads from pages of 'https://evil.example' are not allowed"));
    BOOST_TEST(allowed() == "");
    BOOST_TEST(request.given == 0U);
    BOOST_TEST(s3.sent.empty());
    BOOST_REQUIRE(log.size() == 1U);
    BOOST_TEST(contains(log.front(), " status=403 "));
    BOOST_TEST(contains(log.front(), "UPLOAD_ORIGINS"));
}

BOOST_AUTO_TEST_CASE(failures_are_readable_by_allowed_sites) {
    Guarded site;
    site.from("cross-site", "https://a.example");
    site.settings.max_size = 10;
    site.post({text_file("a", "x")});
    BOOST_TEST(site.status() == 413);
    BOOST_TEST(site.allowed() == "https://a.example");
    Guarded method;
    method.from("cross-site", "https://a.example");
    method.request.variables["REQUEST_METHOD"] = "PUT";
    method.handle();
    BOOST_TEST(method.status() == 405);
    BOOST_TEST(method.allowed() == "https://a.example");
    Guarded fault;
    fault.from("cross-site", "https://a.example");
    fault.s3.respond = [](const auto&) -> HttpResponse { throw std::runtime_error("fault"); };
    fault.post({text_file("a", "x")});
    BOOST_TEST(fault.status() == 500);
    BOOST_TEST(fault.allowed() == "https://a.example");
}

BOOST_AUTO_TEST_CASE(limits_are_public_and_readable_by_scripts_of_allowed_sites) {
    for (const std::string origin : {"https://a.example", "https://evil.example", ""}) {
        Guarded site;
        site.from("cross-site", origin);
        site.request.variables["REQUEST_METHOD"] = "GET";
        site.handle();
        BOOST_TEST(site.status() == 200);
        BOOST_TEST(site.allowed() == (origin == "https://a.example" ? origin : ""));
        BOOST_TEST(site.header("Vary") == "Accept, Origin");
    }
}

void send_preflight(Guarded& site) {
    site.request.variables["REQUEST_METHOD"] = "OPTIONS";
    site.request.variables["HTTP_ACCESS_CONTROL_REQUEST_METHOD"] = "POST";
    site.request.variables["HTTP_ACCESS_CONTROL_REQUEST_HEADERS"] = "x\r\nX-Forged: 1";
    site.handle();
    BOOST_TEST(!contains(site.request.reply, "X-Forged"));
}

// A preflight carries no credentials.
BOOST_AUTO_TEST_CASE(preflight_if_a_user_is_required) {
    for (const bool required : {false, true}) {
        Guarded site;
        site.settings.require_user = required;
        site.from("cross-site", "https://a.example");
        send_preflight(site);
        BOOST_TEST(site.status() == 204);
        BOOST_TEST(site.allowed() == "https://a.example");
        BOOST_TEST(contains(site.header("Access-Control-Allow-Headers"), "Authorization"));
        BOOST_TEST(site.log.empty());
    }
}

BOOST_FIXTURE_TEST_CASE(preflight_of_another_site_is_refused_and_logged, Guarded) {
    from("cross-site", "https://evil.example");
    send_preflight(*this);
    BOOST_TEST(status() == 403);
    BOOST_TEST(!contains(request.reply, "Access-Control"));
    BOOST_REQUIRE(log.size() == 1U);
    BOOST_TEST(contains(log.front(), "https://evil.example"));
}

BOOST_FIXTURE_TEST_CASE(options_that_is_not_a_preflight, Guarded) {
    from("cross-site", "https://evil.example");
    request.variables["REQUEST_METHOD"] = "OPTIONS";
    handle();
    BOOST_TEST(status() == 204);
    BOOST_TEST(allowed() == "");
    BOOST_TEST(header("Vary") == "Origin");
}

BOOST_AUTO_TEST_CASE(a_user_and_an_origin_are_both_required) {
    const struct {
        const char* user;
        const char* site;
        const char* origin;
        int status;
        const char* told;
    } cases[] = {
        {"ada", "same-origin", "https://www.example.org", 201, "Stored"},
        {"ada", "cross-site", "https://a.example", 201, "Stored"},
        {"ada", "", "", 201, "Stored"},
        {"ada", "cross-site", "https://evil.example", 403, "'https://evil.example'"},
        {"ada", "cross-site", "null", 403, "other sites"},
        {"", "same-origin", "https://www.example.org", 403, "Log in"},
        {"", "cross-site", "https://a.example", 403, "Log in"},
        {"", "", "", 403, "Log in"},
        {"", "cross-site", "https://evil.example", 403, "'https://evil.example'"},
    };
    for (const auto& each : cases) {
        Guarded site;
        site.settings.require_user = true;
        site.request.variables["REMOTE_USER"] = each.user;
        site.from(each.site, each.origin);
        site.post({text_file("a", "x")});
        BOOST_TEST(site.status() == each.status);
        BOOST_TEST(contains(site.body(), each.told), site.body());
        BOOST_TEST(site.s3.sent.empty() == (each.status != 201));
    }
}

BOOST_AUTO_TEST_CASE(an_origin_forges_neither_header_nor_log_line) {
    for (const std::string& origin :
         {std::string("https://a.example\r\nX-Forged: 1"),
          std::string("https://a.example\nX-Forged: 1"), std::string("x\r\n\r\n<script>"),
          std::string(10240, 'x'), "https://" + std::string(10240, 'a') + ".example"}) {
        for (const std::string allowed : {"*", "https://*", "https://a.example"}) {
            for (const char* method : {"GET", "POST", "OPTIONS"}) {
                Guarded site;
                site.settings.origins = parse_origins(allowed);
                set_multipart(site.request, {text_file("a", "x")});
                site.from("cross-site", origin);
                site.request.variables["REQUEST_METHOD"] = method;
                site.request.variables["HTTP_ACCESS_CONTROL_REQUEST_METHOD"] = origin;
                site.handle();
                BOOST_TEST(!contains(site.request.reply, "X-Forged"));
                BOOST_TEST(!contains(site.request.reply, "<script>"));
                BOOST_TEST(site.allowed() == "");
                BOOST_TEST(site.request.reply.size() < 2000U);
                for (const std::string& line : site.log) {
                    BOOST_TEST(!contains(line, "\n"));
                    BOOST_TEST(line.size() < 2000U);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
