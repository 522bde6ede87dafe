#include <boost/test/unit_test.hpp>

#include "unit/canned_site.h"
#include "upload/serve.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;

// Uploads that succeed, and the other methods. Failures are in form_upload_failures_tests.cpp.
BOOST_AUTO_TEST_SUITE(form_upload)

constexpr const char* urlencoded = "application/x-www-form-urlencoded";

const std::vector<std::string>& sole_line(const CannedSite& site) {
    BOOST_REQUIRE(site.log.size() == 1U);
    return site.log;
}

const FakeClient::Sent& sole_put(const CannedSite& site) {
    BOOST_REQUIRE_MESSAGE(site.s3.sent.size() == 1U, site.request.reply);
    return site.s3.sent.front();
}

BOOST_FIXTURE_TEST_CASE(file_with_every_default, CannedSite) {
    s3.respond = [](const auto&) -> HttpResponse {
        return {.status = 200,
                .headers = {{"ETag", "\"5d41\""}, {"x-amz-request-id", "tx7"}},
                .body = ""};
    };
    request.variables["REMOTE_ADDR"] = "192.0.2.7";
    request.variables["REMOTE_USER"] = "ada";
    post({text_file("C:\\fakepath\\a b.txt", "hello")});
    BOOST_TEST(status() == 201);
    BOOST_TEST(header("Location") == "http://store.example:9000/demo/a%20b.txt");
    BOOST_TEST(header("X-Request-Id") == "1111111111111111");
    BOOST_TEST(body() == "Stored s3://demo/a b.txt (5 bytes)\n");
    BOOST_TEST(sole_put(*this).body == "hello");
    BOOST_TEST(sole_put(*this).request.url == "http://store.example:9000/demo/a%20b.txt");
    BOOST_TEST(sole_put(*this).header("Content-Type") == "text/plain");
    BOOST_TEST(sole_put(*this).header("If-None-Match") == "*");
    BOOST_TEST(sole_line(*this).front() ==
               "time=2026-01-31T12:00:00Z id=1111111111111111 status=201 bucket=demo "
               "key=\"a b.txt\" bytes=5 type=text/plain ms=0 s3_ms=0 attempts=1 s3_id=tx7 "
               "remote=192.0.2.7 user=ada");
}

BOOST_FIXTURE_TEST_CASE(all_four_fields_before_the_file, CannedSite) {
    settings.access.hosts = {{"*.example", ""}};
    post({field("file_name", "in/b.txt"), field("bucket", "photos"), field("host", "other.example"),
          text_file("a.txt", "hello")});
    BOOST_TEST(status() == 201);
    BOOST_TEST(sole_put(*this).request.url == "http://other.example:9000/photos/in/b.txt");
    BOOST_TEST(sole_put(*this).header("Host") == "other.example:9000");
}

BOOST_FIXTURE_TEST_CASE(all_four_fields_after_the_file, CannedSite) {
    post({text_file("a.txt", "hello"), field("host", "store.example:9000"),
          field("bucket", "photos"), field("file_name", "b.txt")});
    BOOST_TEST(sole_put(*this).request.url == "http://store.example:9000/photos/b.txt");
}

BOOST_FIXTURE_TEST_CASE(urlencoded_form, CannedSite) {
    post(
        urlencoded,
        "file_data=hello+w%C3%B6rld%0D%0A&file_name=in%2Fa+b.txt&bucket=photos&host=store.example");
    BOOST_TEST(status() == 201);
    BOOST_TEST(sole_put(*this).body == "hello w\xC3\xB6rld\r\n");
    BOOST_TEST(sole_put(*this).request.url == "http://store.example:9000/photos/in/a%20b.txt");
    BOOST_TEST(sole_put(*this).header("Content-Type") == "text/plain; charset=utf-8");
}

BOOST_FIXTURE_TEST_CASE(form_types_in_any_spelling, CannedSite) {
    set_post(request, "Multipart/Form-Data ; charset=utf-8; Boundary=\"B0undary\"",
             canned_multipart({text_file("a", "x")}));
    handle();
    BOOST_TEST(status() == 201);
    request.given = 0;
    request.reply.clear();
    post("APPLICATION/x-www-form-urlencoded; charset=UTF-8", "file_name=a&file_data=x");
    BOOST_TEST(status() == 201);
}

BOOST_FIXTURE_TEST_CASE(empty_file, CannedSite) {
    post({text_file("empty", "")});
    BOOST_TEST(status() == 201);
    BOOST_TEST(sole_put(*this).body == "");
    BOOST_TEST(body() == "Stored s3://demo/empty (0 bytes)\n");
}

BOOST_FIXTURE_TEST_CASE(body_without_a_length, CannedSite) {
    set_multipart(request, {text_file("a", "hello")});
    request.variables.erase("CONTENT_LENGTH");
    handle();
    BOOST_TEST(sole_put(*this).body == "hello");
}

BOOST_FIXTURE_TEST_CASE(body_byte_by_byte, CannedSite) {
    request.per_read = 1;
    post({text_file("a", "hello\r\n--B0undar"), field("bucket", "photos")});
    BOOST_TEST(sole_put(*this).body == "hello\r\n--B0undar");
}

BOOST_FIXTURE_TEST_CASE(file_that_is_spooled, CannedSite) {
    std::string content;
    while (content.size() < 3 * Recording::memory_size)
        content += "0123456789abcde\n";
    post({text_file("big", content)});
    BOOST_TEST((sole_put(*this).body == content));
}

BOOST_FIXTURE_TEST_CASE(several_files, CannedSite) {
    post({text_file("a", "one"), text_file("b", "two"), field("bucket", "photos")});
    BOOST_TEST(status() == 201);
    BOOST_REQUIRE(s3.sent.size() == 2U);
    BOOST_TEST(s3.sent[0].body == "one");
    BOOST_TEST(s3.sent[1].body == "two");
    BOOST_TEST(s3.sent[1].request.url == "http://store.example:9000/photos/b");
    BOOST_TEST(body() == "Stored s3://photos/a (3 bytes)\nStored s3://photos/b (3 bytes)\n");
    BOOST_REQUIRE(log.size() == 2U);
    BOOST_TEST(contains(log[0], " status=201 bucket=photos key=a bytes=3 "));
    BOOST_TEST(contains(log[1], " status=201 bucket=photos key=b bytes=3 "));
}

BOOST_FIXTURE_TEST_CASE(key_template_with_everything, CannedSite) {
    settings.key = KeyTemplate("{user}/{date}/{uuid}/{stem}{ext}");
    request.variables["REMOTE_USER"] = "ada";
    post({text_file("a.b.txt", "x")});
    BOOST_TEST(sole_put(*this).request.url ==
               "http://store.example:9000/demo/ada/2026-01-31/"
               "22222222-2222-4222-a222-222222222222/a.b.txt");
}

BOOST_FIXTURE_TEST_CASE(every_file_has_its_own_uuid_of_version_4, CannedSite) {
    settings.key = KeyTemplate("{uuid}");
    random = '/';
    std::vector<CannedPart> files;
    for (int i = 0; i < 9; ++i)
        files.push_back(text_file("a", "x"));
    post(files);
    BOOST_REQUIRE(s3.sent.size() == files.size());
    for (std::size_t i = 0; i < s3.sent.size(); ++i) {
        const std::string url = s3.sent[i].request.url;
        const std::string uuid = url.substr(url.rfind('/') + 1);
        const char digit = static_cast<char>('1' + i);
        BOOST_TEST(uuid.size() == 36U);
        BOOST_TEST(uuid.front() == digit);
        BOOST_TEST(uuid.substr(13, 2) == "-4");
        BOOST_TEST(contains("89ab", uuid.substr(19, 1)), uuid);
    }
}

BOOST_FIXTURE_TEST_CASE(overwriting_allowed, CannedSite) {
    settings.overwrite = true;
    post({text_file("a", "x")});
    BOOST_TEST(sole_put(*this).header("If-None-Match") == "");
}

BOOST_FIXTURE_TEST_CASE(clock_of_the_log, CannedSite) {
    step = std::chrono::milliseconds(10);
    post({text_file("a", "x")});
    BOOST_TEST(contains(sole_line(*this).front(), " s3_ms=20 "));
    BOOST_TEST(contains(sole_line(*this).front(), " ms=40 "), log.front());
}

BOOST_FIXTURE_TEST_CASE(reply_as_json_and_as_a_page, CannedSite) {
    request.variables["HTTP_ACCEPT"] = "application/json, text/plain, */*";
    post({text_file("a", "x")});
    BOOST_TEST(header("Content-Type") == "application/json");
    BOOST_TEST(contains(body(), "\"request_id\":\"1111111111111111\""));
    CannedSite page;
    page.request.variables["HTTP_ACCEPT"] = "text/html,*/*;q=0.8";
    page.request.variables["REQUEST_URI"] = "/cgi-bin/upload.fcgi?x=/";
    page.post({text_file("<a>", "x")});
    BOOST_TEST(page.header("Content-Type") == "text/html; charset=utf-8");
    BOOST_TEST(contains(page.body(), "&lt;a&gt;</bdi>"));
    BOOST_TEST(contains(page.body(), "href=\"../style.css\""));
}

BOOST_AUTO_TEST_CASE(methods) {
    const struct {
        const char* method;
        int status;
        const char* allow;
        std::size_t lines;
    } cases[] = {
        {"GET", 200, "", 0},
        {"HEAD", 200, "", 0},
        {"OPTIONS", 204, "POST, GET, HEAD, OPTIONS", 0},
        {"PUT", 405, "POST, GET, HEAD, OPTIONS", 1},
        {"DELETE", 405, "POST, GET, HEAD, OPTIONS", 1},
        {"PATCH", 405, "POST, GET, HEAD, OPTIONS", 1},
        {"post", 405, "POST, GET, HEAD, OPTIONS", 1},
        {"TRACE", 405, "POST, GET, HEAD, OPTIONS", 1},
        {"", 405, "POST, GET, HEAD, OPTIONS", 1},
        {"G\r\nX", 405, "POST, GET, HEAD, OPTIONS", 1},
    };
    for (const auto& each : cases) {
        CannedSite site;
        set_multipart(site.request, {text_file("a", "x")});
        site.request.variables["REQUEST_METHOD"] = each.method;
        site.handle();
        BOOST_TEST(site.status() == each.status, each.method);
        BOOST_TEST(site.header("Allow") == each.allow);
        BOOST_TEST(site.log.size() == each.lines);
        BOOST_TEST(site.s3.sent.empty());
        BOOST_TEST(site.request.given == 0U);
    }
}

BOOST_AUTO_TEST_CASE(get) {
    const struct {
        const char* accept;
        const char* address;
        const char* path_info;
        int status;
        const char* location;
    } cases[] = {
        {"", "/upload", "", 200, ""},
        {"application/json", "/upload", "", 200, ""},
        {"*/*", "/upload", "", 200, ""},
        {"text/html,*/*;q=0.8", "/upload", "", 303, "./"},
        {"text/html,*/*;q=0.8", "", "", 303, "./"},
        {"text/html", "/cgi-bin/upload.fcgi", "", 303, "../"},
        {"text/html", "/~ada/cgi-bin/upload.fcgi?a", "", 303, "../"},
        {"text/html", "/upload?/cgi-bin/", "", 303, "./"},
        {"text/html", "/upload/", "/", 303, "../"},
        {"text/html", "/upload/a/b?/", "/a/b", 303, "../../"},
        {"text/html", "/cgi-bin/upload.fcgi/", "/", 303, "../../"},
    };
    for (const auto& each : cases) {
        CannedSite site;
        site.request.variables = {{"REQUEST_METHOD", "GET"},
                                  {"HTTP_ACCEPT", each.accept},
                                  {"REQUEST_URI", each.address},
                                  {"PATH_INFO", each.path_info}};
        site.handle();
        BOOST_TEST(site.status() == each.status);
        BOOST_TEST(site.header("Location") == each.location);
        if (each.status == 200) BOOST_TEST(contains(site.body(), "\"max_size\":1073741824"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
