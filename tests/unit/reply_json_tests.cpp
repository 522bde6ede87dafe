#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "reply/reply.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;
using nlohmann::json;

BOOST_AUTO_TEST_SUITE(reply_json)

Stored stored_as(const std::string& key) {
    return {.bucket = "demo",
            .key = key,
            .size = 5368709120,
            .content_type = "text/plain",
            .etag = "e",
            .url = "http://s/demo/a",
            .s3_request_id = "tx"};
}

std::string reply_with(const std::vector<Stored>& files, std::optional<Failure> failure = {}) {
    return render({.request_id = "id7", .stored = files, .failure = std::move(failure)},
                  {.format = Format::json, .page = "./"});
}

json body_of(const std::string& reply) {
    return json::parse(reply.substr(reply.find("\r\n\r\n") + 4));
}

const json stored_a = {{"bucket", "demo"},   {"key", "a"},
                       {"size", 5368709120}, {"content_type", "text/plain"},
                       {"etag", "e"},        {"url", "http://s/demo/a"}};

BOOST_AUTO_TEST_CASE(exact_bytes) {
    BOOST_TEST(reply_with({stored_as("a")}) ==
               "Status: 201 Created\r\nCache-Control: no-store\r\n"
               "X-Content-Type-Options: nosniff\r\nContent-Type: application/json\r\n"
               "Vary: Accept\r\nX-Request-Id: id7\r\nLocation: http://s/demo/a\r\n\r\n"
               "{\"files\":[{\"bucket\":\"demo\",\"key\":\"a\",\"size\":5368709120,"
               "\"content_type\":\"text/plain\",\"etag\":\"e\",\"url\":\"http://s/demo/a\"}],"
               "\"url\":\"http://s/demo/a\",\"request_id\":\"id7\"}\n");
}

BOOST_AUTO_TEST_CASE(several_files) {
    const json body = body_of(reply_with({stored_as("a"), stored_as("b")}));
    BOOST_TEST(body["files"].size() == 2U);
    BOOST_TEST(body["files"][0] == stored_a);
    BOOST_TEST(body["files"][1]["key"] == "b");
    BOOST_TEST(body["url"] == "http://s/demo/a");
}

BOOST_AUTO_TEST_CASE(failure_is_a_problem_document) {
    const std::string text = reply_with({}, Failure(Status::conflict, "Told.", "private"));
    BOOST_TEST(contains(text, "\r\nContent-Type: application/problem+json\r\n"));
    BOOST_TEST(
        body_of(text) ==
        json({{"title", "Conflict"}, {"status", 409}, {"detail", "Told."}, {"request_id", "id7"}}));
}

BOOST_AUTO_TEST_CASE(failure_after_a_file_was_stored) {
    const json body = body_of(reply_with({stored_as("a")}, Failure(Status::conflict, "Told.")));
    BOOST_TEST(body["files"] == json::array({stored_a}));
    BOOST_TEST(!body.contains("url"));
}

BOOST_AUTO_TEST_CASE(s3s_refusal) {
    Failure failure(Status::bad_gateway, "Told.");
    failure.s3 = {.code = "AccessDenied", .message = "m", .request_id = "tx9"};
    const json body = body_of(reply_with({}, failure));
    BOOST_TEST(body["s3_code"] == "AccessDenied");
    BOOST_TEST(body["s3_request_id"] == "tx9");
}

BOOST_AUTO_TEST_CASE(names_come_back_unchanged) {
    for (const std::string key :
         {"a\"b\\c", "</script>", "gr\xC3\xBC\xC3\x9F \xF0\x9F\x8E\x89", "a\tb"}) {
        const json body = body_of(reply_with({stored_as(key)}));
        BOOST_TEST(body["files"][0]["key"] == key);
    }
}

BOOST_AUTO_TEST_CASE(invalid_utf_8_is_replaced) {
    const json body = body_of(reply_with({stored_as("a\xFF"
                                                    "b")},
                                         Failure(Status::conflict, "\xC3")));
    BOOST_TEST(body["files"][0]["key"] ==
               "a\xEF\xBF\xBD"
               "b");
    BOOST_TEST(body["detail"] == "\xEF\xBF\xBD");
}

BOOST_AUTO_TEST_CASE(limits) {
    Settings settings = canned_settings();
    settings.types = {"image/*"};
    const std::string text = render_limits(settings, {});
    BOOST_TEST(text.starts_with("Status: 200 OK\r\n"));
    BOOST_TEST(contains(text, "\r\nContent-Type: application/json\r\n"));
    BOOST_TEST(contains(text, "\r\nVary: Accept\r\n"));
    BOOST_TEST(body_of(text) == json({{"max_size", 1073741824},
                                      {"types", {"image/*"}},
                                      {"buckets", {"demo", "photos"}},
                                      {"overwrite", false}}));
}

BOOST_AUTO_TEST_CASE(limits_hold_no_secret) {
    Settings settings = canned_settings();
    settings.access.headers = {{"x-amz-meta-key", "hunter2"}};
    const std::string text = render_limits(settings, {});
    for (const char* secret :
         {canned_secret, canned_token, "AKIA", "hunter2", "store.example", "/tmp"}) {
        BOOST_TEST(!contains(text, secret), secret);
    }
    BOOST_TEST(body_of(render_limits(canned_settings(), {}))["types"] == json::array());
}

BOOST_AUTO_TEST_SUITE_END()
