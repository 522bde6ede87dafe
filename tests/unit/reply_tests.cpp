#include <boost/test/unit_test.hpp>

#include "reply/reply.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

// Status, headers and text; JSON is in reply_json_tests.cpp, pages are in reply_html_tests.cpp.
BOOST_AUTO_TEST_SUITE(reply)

Stored stored_as(const std::string& key) {
    return {.bucket = "demo",
            .key = key,
            .size = 5,
            .content_type = "text/plain",
            .etag = "e",
            .url = "http://s/demo/" + key,
            .s3_request_id = "tx"};
}

Outcome outcome_of(const std::vector<Stored>& files, std::optional<Failure> failure = {}) {
    return {.request_id = "id7", .stored = files, .failure = std::move(failure)};
}

Failure s3_failure() {
    Failure failure(Status::service_unavailable, "S3 is busy.", "private");
    failure.s3 = {.code = "SlowDown", .message = "m", .request_id = "tx9"};
    failure.retry_after = 7;
    return failure;
}

const std::string common = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
const std::string text_head = common +
                              "Content-Type: text/plain; charset=utf-8\r\n"
                              "Vary: Accept\r\nX-Request-Id: id7\r\n";

BOOST_AUTO_TEST_CASE(text_of_one_file) {
    BOOST_TEST(render(outcome_of({stored_as("a.txt")}), {}) ==
               "Status: 201 Created\r\n" + text_head +
                   "Location: http://s/demo/a.txt\r\n\r\nStored s3://demo/a.txt (5 bytes)\n");
}

BOOST_AUTO_TEST_CASE(text_of_several_files) {
    BOOST_TEST(render(outcome_of({stored_as("a"), stored_as("b")}), {}) ==
               "Status: 201 Created\r\n" + text_head +
                   "Location: http://s/demo/a\r\n\r\nStored s3://demo/a (5 bytes)\n"
                   "Stored s3://demo/b (5 bytes)\n");
}

BOOST_AUTO_TEST_CASE(text_of_a_failure) {
    BOOST_TEST(render(outcome_of({}, Failure(Status::bad_request, "Told.", "private")), {}) ==
               "Status: 400 Bad Request\r\n" + text_head + "\r\nError: Told.\nRequest: id7\n");
}

BOOST_AUTO_TEST_CASE(text_of_s3s_refusal_after_a_file_was_stored) {
    BOOST_TEST(render(outcome_of({stored_as("a")}, s3_failure()), {}) ==
               "Status: 503 Service Unavailable\r\n" + text_head +
                   "Retry-After: 7\r\n\r\nStored s3://demo/a (5 bytes)\nError: S3 is busy.\n"
                   "S3: SlowDown, request tx9\nRequest: id7\n");
}

BOOST_AUTO_TEST_CASE(every_status_has_its_status_line) {
    const struct {
        Status status;
        const char* line;
    } cases[] = {
        {Status::bad_request, "400 Bad Request"},
        {Status::forbidden, "403 Forbidden"},
        {Status::method_not_allowed, "405 Method Not Allowed"},
        {Status::conflict, "409 Conflict"},
        {Status::length_required, "411 Length Required"},
        {Status::content_too_large, "413 Content Too Large"},
        {Status::unsupported_media_type, "415 Unsupported Media Type"},
        {Status::internal_error, "500 Internal Server Error"},
        {Status::bad_gateway, "502 Bad Gateway"},
        {Status::service_unavailable, "503 Service Unavailable"},
        {Status::gateway_timeout, "504 Gateway Timeout"},
        {Status::insufficient_storage, "507 Insufficient Storage"},
    };
    for (const auto& each : cases) {
        const std::string text = render(outcome_of({}, Failure(each.status, "x")), {});
        BOOST_TEST(text.starts_with(std::string("Status: ") + each.line + "\r\n"), text);
        BOOST_TEST(contains(text, "\r\nAllow: POST, GET, HEAD, OPTIONS\r\n") ==
                   (each.status == Status::method_not_allowed));
        BOOST_TEST(!contains(text, "Location:"));
        BOOST_TEST(!contains(text, "Retry-After:"));
    }
}

BOOST_AUTO_TEST_CASE(s3s_refusal_without_a_code_or_an_id) {
    Failure failure = s3_failure();
    failure.s3 = {.code = "", .message = "", .request_id = "tx9"};
    BOOST_TEST(contains(render(outcome_of({}, failure), {}), "\nS3: -, request tx9\n"));
    failure.s3 = {.code = "SlowDown", .message = "", .request_id = ""};
    BOOST_TEST(contains(render(outcome_of({}, failure), {}), "\nS3: SlowDown, request -\n"));
}

// Names are checked long before. If a bad one still gets here, it cannot forge a header.
BOOST_AUTO_TEST_CASE(headers_do_not_depend_on_names) {
    Stored stored = stored_as("a");
    const auto head_of = [](const std::string& text) {
        return text.substr(0, text.find("\r\n\r\n"));
    };
    for (const Format format : {Format::text, Format::json, Format::html}) {
        const Presentation presentation{.format = format, .page = "./"};
        const std::string plain = head_of(render(outcome_of({stored}), presentation));
        Stored forged = stored;
        forged.key = forged.bucket = forged.content_type = forged.etag =
            "x\r\nX-Forged: 1\r\n\r\n<b>";
        BOOST_TEST(head_of(render(outcome_of({forged}), presentation)) == plain);
        const std::string failed =
            head_of(render(outcome_of({}, Failure(Status::conflict, "x")), presentation));
        const Failure forging(Status::conflict, "x\r\nX-Forged: 1\r\n\r\n", "y\r\nz");
        BOOST_TEST(head_of(render(outcome_of({}, forging), presentation)) == failed);
    }
}

BOOST_AUTO_TEST_CASE(private_detail_is_in_no_reply) {
    for (const Format format : {Format::text, Format::json, Format::html}) {
        const Presentation presentation{.format = format, .page = "./"};
        BOOST_TEST(!contains(render(outcome_of({}, s3_failure()), presentation), "private"));
    }
}

BOOST_AUTO_TEST_CASE(accept_header) {
    constexpr auto json = Format::json;
    constexpr auto html = Format::html;
    constexpr auto text = Format::text;
    const struct {
        const char* accept;
        Format format;
    } cases[] = {
        // Firefox, Chrome, Safari: a form without JavaScript
        {"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
         html},
        {"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
         "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
         html},
        {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", html},
        // fetch() and XMLHttpRequest, curl
        {"*/*", text},
        // axios, jQuery, Dropzone
        {"application/json, text/plain, */*", json},
        {"application/json, text/javascript, */*; q=0.01", json},
        {"application/json", json},
        {"application/problem+json", json},
        {"", text},
        {"text/plain", text},
        {"application/xml", text},
        {"APPLICATION/JSON", json},
        {"Text/HTML ; charset=utf-8", html},
        {"text/html;q=0.5, application/json", json},
        {"text/html;q=0.5, application/json;q=0.4", html},
        {"text/html;q=0.9, application/json;q=0.95", json},
        {"text/html;q=.9, application/json;q=1", json},
        {"text/html;q=.9, application/json;q=.95", json},
        {"text/html;q=7, application/json;q=8", html},
        {"application/json;q=0.001, */*", json},
        {"application/json;q=0, text/html;q=0", text},
        {"application/json;q=0, text/html;q=0.1", html},
        {"application/json;q=0.000", text},
        {"text/html, application/json", html},
        {"application/json, text/html", html},
        {"application/json;Q=1;q=0.2, text/html;q=0.1", json},
        // malformed
        {"application/json;q=x", text},
        {"application/json;q=", text},
        {"application/json;q=-1", text},
        {"application/json;q=99999999999999999999", json},
        {",,;;,;q=1,", text},
        {";q=0.5", text},
        {"application", text},
        {"application/jsonx, xtext/html", text},
        {"application / json", text},
        {"\xFF\r\n", text},
    };
    for (const auto& each : cases) {
        BOOST_TEST((preferred_format(each.accept) == each.format), each.accept);
    }
    BOOST_TEST((preferred_format(std::string(100000, ',') + "text/html") == html));
}

BOOST_AUTO_TEST_CASE(redirect_to_the_page) {
    BOOST_TEST(render_redirect({.format = Format::html, .page = "../"}) ==
               "Status: 303 See Other\r\n" + common + "Vary: Accept\r\nLocation: ../\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(options) {
    BOOST_TEST(render_options({}) ==
               "Status: 204 No Content\r\n" + common + "Allow: POST, GET, HEAD, OPTIONS\r\n\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
