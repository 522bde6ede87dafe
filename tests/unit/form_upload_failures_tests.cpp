#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "unit/canned_site.h"
#include "upload/serve.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(form_upload_failures)

constexpr const char* urlencoded = "application/x-www-form-urlencoded";

// The response of a store that refuses everything.
std::function<HttpResponse(const FakeClient::Sent&)> refusing(int status, const std::string& code) {
    return [=](const auto&) -> HttpResponse {
        return {.status = status,
                .headers = {{"x-amz-request-id", "tx9"}},
                .body = "<Error><Code>" + code + "</Code><Message>m</Message></Error>"};
    };
}

std::function<HttpResponse(const FakeClient::Sent&)> failing_with(TransportError::Kind kind) {
    return [=](const auto&) -> HttpResponse { throw TransportError(kind, "curl said so"); };
}

const std::vector<CannedPart> good_form = {text_file("a.txt", "hello")};

struct Case {
    const char* situation;
    int status;
    const char* told;  // part of the text for the user
    std::function<void(CannedSite&)> upload;
};

const Case refused_here[] = {
    {"no multipart at all", 400, "malformed",
     [](CannedSite& site) { site.post("multipart/form-data; boundary=B0undary", "hello"); }},
    {"no boundary", 400, "boundary",
     [](CannedSite& site) { site.post("multipart/form-data", canned_multipart(good_form)); }},
    {"another boundary", 400, "malformed",
     [](CannedSite& site) {
         site.post("multipart/form-data; boundary=x", canned_multipart(good_form));
     }},
    {"no file in the form", 400, "file_data",
     [](CannedSite& site) { site.post({field("bucket", "demo")}); }},
    {"no file was chosen", 400, "file_data",
     [](CannedSite& site) { site.post({text_file("", "")}); }},
    {"empty form", 400, "file_data", [](CannedSite& site) { site.post({}); }},
    {"empty body", 400, "no body", [](CannedSite& site) { site.post(urlencoded, ""); }},
    {"file without a name", 400, "no name",
     [](CannedSite& site) { site.post(urlencoded, "file_data=hello"); }},
    {"name climbs out", 400, "cannot be used",
     [](CannedSite& site) {
         site.post({field("file_name", "../x"), good_form.front()});
     }},
    {"one name for two files", 400, "file_name",
     [](CannedSite& site) {
         site.post({field("file_name", "x"), good_form.front(), good_form.front()});
     }},
    {"two different buckets", 400, "bucket",
     [](CannedSite& site) {
         site.post({field("bucket", "demo"), field("bucket", "photos"), good_form.front()});
     }},
    {"bad escape", 400, "percent",
     [](CannedSite& site) { site.post(urlencoded, "file_data=100% sure"); }},
    {"bucket not allowed", 403, "'secret'",
     [](CannedSite& site) {
         site.post({field("bucket", "secret"), good_form.front()});
     }},
    {"host not allowed", 403, "'evil.example'",
     [](CannedSite& site) {
         site.post({field("host", "evil.example"), good_form.front()});
     }},
    {"user required", 403, "Log in",
     [](CannedSite& site) {
         site.settings.require_user = true;
         site.post(good_form);
     }},
    {"user needed for the key", 403, "Log in",
     [](CannedSite& site) {
         site.settings.key = KeyTemplate("{user}/{name}");
         site.post(good_form);
     }},
    {"urlencoded without a length", 411, "Content-Length",
     [](CannedSite& site) {
         set_post(site.request, urlencoded, "file_name=a&file_data=x");
         site.request.variables.erase("CONTENT_LENGTH");
         site.handle();
     }},
    {"too large", 413, "limit is 10",
     [](CannedSite& site) {
         site.settings.max_size = 10;
         site.post(good_form);
         BOOST_TEST(site.request.given == 0U);
     }},
    {"too large without a length", 413, "limit of 1000",
     [](CannedSite& site) {
         site.settings.max_size = 1000;
         set_multipart(site.request, good_form);
         site.request.body.insert(site.request.body.find("hello"), 2000, 'x');
         site.request.variables.erase("CONTENT_LENGTH");
         site.handle();
     }},
    {"no form", 415, "Send a form", [](CannedSite& site) { site.post("application/json", "{}"); }},
    {"no content type", 415, "Send a form", [](CannedSite& site) { site.post("", "hello"); }},
    {"a type that begins like a form's", 415, "Send a form",
     [](CannedSite& site) { site.post("multipart/form-datax; boundary=B0undary", "hello"); }},
    {"type of the file not allowed", 415, "text/plain",
     [](CannedSite& site) {
         site.settings.types = {"image/*"};
         site.post(good_form);
     }},
    {"no space", 507, "no space",
     [](CannedSite& site) {
         site.settings.spool_dir = "/nonexistent";
         site.post({text_file("a", std::string(2 * Recording::memory_size, 'x'))});
         BOOST_TEST(contains(site.log.front(), "/nonexistent"));
     }},
};

BOOST_AUTO_TEST_CASE(refused_before_any_put) {
    for (const Case& each : refused_here) {
        BOOST_TEST_CONTEXT(each.situation) {
            CannedSite site;
            each.upload(site);
            BOOST_TEST(site.status() == each.status);
            BOOST_TEST(contains(site.body(), each.told), site.body());
            BOOST_TEST(contains(site.body(), "Request: 1111111111111111\n"));
            BOOST_TEST(!contains(site.request.reply, "/nonexistent"));
            BOOST_TEST(site.s3.sent.empty());
            BOOST_REQUIRE(site.log.size() == 1U);
            BOOST_TEST(contains(site.log.front(), " id=1111111111111111 status=" +
                                                      std::to_string(each.status) + " "));
            BOOST_TEST(contains(site.log.front(), " error=\""));
        }
    }
}

BOOST_AUTO_TEST_CASE(refused_by_s3) {
    using Kind = TransportError::Kind;
    const struct {
        std::function<HttpResponse(const FakeClient::Sent&)> s3;
        int status;
        const char* logged;
    } cases[] = {
        {refusing(412, "PreconditionFailed"), 409, "[PreconditionFailed]"},
        {refusing(403, "SignatureDoesNotMatch"), 502, "[SignatureDoesNotMatch]"},
        {refusing(500, "InternalError"), 502, "S3 responded with 500"},
        {refusing(503, "SlowDown"), 503, "[SlowDown]"},
        {failing_with(Kind::unreachable), 502, "curl said so"},
        {failing_with(Kind::untrusted), 502, "curl said so"},
        {failing_with(Kind::broken), 502, "curl said so"},
        {failing_with(Kind::timed_out), 504, "curl said so"},
    };
    for (const auto& each : cases) {
        CannedSite site;
        site.settings.access.attempts = 1;
        site.s3.respond = each.s3;
        site.post(good_form);
        BOOST_TEST(site.status() == each.status);
        BOOST_TEST(!contains(site.request.reply, "curl said so"));
        BOOST_REQUIRE(site.log.size() == 1U);
        BOOST_TEST(contains(site.log.front(), each.logged), site.log.front());
        BOOST_TEST(contains(site.log.front(), " bucket=demo key=a.txt bytes=5 "));
        BOOST_TEST((site.header("Retry-After") == "5") == (each.status == 503));
    }
}

BOOST_FIXTURE_TEST_CASE(second_of_three_fails, CannedSite) {
    s3.respond = [this](const auto& sent) {
        return s3.sent.size() == 2
                   ? refusing(403, "AccessDenied")(sent)
                   : HttpResponse{.status = 200, .headers = {{"ETag", "e"}}, .body = ""};
    };
    request.variables["HTTP_ACCEPT"] = "application/json";
    post({text_file("a", "x"), text_file("b", "y"), text_file("c", "z")});
    BOOST_TEST(status() == 502);
    BOOST_TEST(s3.sent.size() == 2U);
    const auto problem = nlohmann::json::parse(body());
    BOOST_TEST(problem["s3_code"] == "AccessDenied");
    BOOST_TEST(problem["s3_request_id"] == "tx9");
    BOOST_REQUIRE(problem["files"].size() == 1U);
    BOOST_TEST(problem["files"][0]["key"] == "a");
    BOOST_REQUIRE(log.size() == 2U);
    BOOST_TEST(contains(log[0], " status=201 bucket=demo key=a "));
    BOOST_TEST(contains(log[1], " status=502 bucket=demo key=b "));
    BOOST_TEST(contains(log[1], " s3_id=tx9 "));
}

BOOST_FIXTURE_TEST_CASE(all_destinations_are_known_before_the_first_put, CannedSite) {
    post({text_file("a", "x"), text_file("..", "y")});
    BOOST_TEST(status() == 400);
    BOOST_TEST(s3.sent.empty());
    BOOST_TEST(contains(log.front(), " bucket=- key=- "));
}

BOOST_FIXTURE_TEST_CASE(exception_other_than_failure, CannedSite) {
    s3.respond = [](const auto&) -> HttpResponse {
        throw std::runtime_error("/srv/private/state");
    };
    post(good_form);
    BOOST_TEST(status() == 500);
    BOOST_TEST(body() == "Error: Something went wrong on the server.\nRequest: 1111111111111111\n");
    BOOST_REQUIRE(log.size() == 1U);
    BOOST_TEST(contains(log.front(), " status=500 "));
    BOOST_TEST(contains(log.front(), "/srv/private/state"));
}

BOOST_AUTO_TEST_CASE(not_configured) {
    for (const char* method : {"GET", "POST", "PUT"}) {
        CannedSite site;
        site.unconfigured = "UPLOAD_BUCKETS is not set\nAWS_PROFILE=/etc/x: no";
        site.request.variables["REQUEST_METHOD"] = method;
        site.handle();
        BOOST_TEST(site.status() == 500);
        BOOST_TEST(contains(site.body(), "upload.fcgi --check"));
        BOOST_TEST(!contains(site.request.reply, "UPLOAD_BUCKETS"));
        BOOST_TEST(!contains(site.request.reply, "/etc/x"));
        BOOST_REQUIRE(site.log.size() == 1U);
        BOOST_TEST(contains(site.log.front(), "UPLOAD_BUCKETS is not set?AWS_PROFILE"));
    }
}

BOOST_AUTO_TEST_CASE(forged_names_forge_neither_header_nor_log_line) {
    const std::string forged = "x%0D%0AX-Forged: 1%0D%0A%0D%0A<b>";
    for (const char* accept : {"", "application/json", "text/html"}) {
        for (const CannedPart& part :
             {field("file_name", "x\r\nX-Forged: 1"), field("bucket", "x\r\nX-Forged: 1"),
              field("host", "x\r\nX-Forged: 1"), text_file(forged, "")}) {
            CannedSite site;
            site.request.variables["HTTP_ACCEPT"] = accept;
            site.post({part, text_file("a", "x")});
            BOOST_TEST(site.status() >= 400);
            BOOST_TEST(site.header("X-Forged") == "");
            BOOST_TEST(!contains(site.body(), "\r\n"));
            BOOST_REQUIRE(site.log.size() == 1U);
            BOOST_TEST(!contains(site.log.front(), "\n"));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
