#include <boost/test/unit_test.hpp>

#include "canned_upload.h"
#include "digest.h"
#include "failure.h"
#include "s3_put.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(s3_put_answers)

const Destination place{.bucket = "demo",
                        .key = "a.txt",
                        .content_type = "text/plain",
                        .region = "eu-west-1",
                        .address = {.authority = "store.example:9000",
                                    .path = "/demo/a.txt",
                                    .url = "http://store.example:9000/demo/a.txt"}};

Stored put_to(FakeClient& client) {
    Recording recording("/tmp");
    recording.append("hello");
    return put(client, canned_settings(), place, {recording, {0, 5}, hex(sha256("hello"))},
               canned_time());
}

Stored stored_after(const HttpResponse& response) {
    FakeClient client;
    client.answer = [&](const auto&) { return response; };
    return put_to(client);
}

// The failure that follows an answer, which must be one.
Failure failure_after(const std::function<HttpResponse(const FakeClient::Sent&)>& answer) {
    FakeClient client;
    client.answer = answer;
    try {
        put_to(client);
    } catch (const Failure& failure) {
        for (const std::string& text : {failure.detail, failure.private_detail}) {
            BOOST_TEST(!contains(text, canned_secret), text);
            BOOST_TEST(!contains(text, canned_token), text);
        }
        return failure;
    }
    BOOST_ERROR("no failure");
    return {Status::ok, ""};
}

Failure failure_after(const HttpResponse& response) {
    return failure_after([&](const auto&) { return response; });
}

std::string error_xml(const std::string& code, const std::string& message) {
    return "<Error><Code>" + code + "</Code><Message>" + message +
           "</Message><RequestId>tx1</RequestId></Error>";
}

BOOST_AUTO_TEST_CASE(object_is_stored) {
    for (const int status : {200, 201, 204}) {
        const Stored stored =
            stored_after({.status = status,
                          .headers = {{"etag", "\"9a03\""}, {"X-Amz-Request-Id", "tx1"}},
                          .body = ""});
        BOOST_TEST(stored.bucket == "demo");
        BOOST_TEST(stored.key == "a.txt");
        BOOST_TEST(stored.size == 5U);
        BOOST_TEST(stored.content_type == "text/plain");
        BOOST_TEST(stored.etag == "9a03");
        BOOST_TEST(stored.url == "http://store.example:9000/demo/a.txt");
        BOOST_TEST(stored.s3_request_id == "tx1");
    }
}

BOOST_AUTO_TEST_CASE(answer_that_is_not_s3s) {
    for (const std::string etag : {"", "\"\""}) {
        const Failure failure = failure_after({.status = 200,
                                               .headers = {{"ETag", etag}},
                                               .body = "<html>Sign in to the hotel</html>"});
        BOOST_TEST((failure.status == Status::bad_gateway));
        BOOST_TEST(failure.detail == "What answered in S3's place is not S3.");
        BOOST_TEST(failure.private_detail == "PUT s3://demo/a.txt: 200 without an ETag");
        BOOST_TEST(!failure.s3.has_value());
    }
}

BOOST_AUTO_TEST_CASE(controls_in_a_stores_headers) {
    const Stored stored =
        stored_after({.status = 200,
                      .headers = {{"ETag", "\"a\x01\x7F\""}, {"x-amz-request-id", "b\x02"}},
                      .body = ""});
    BOOST_TEST(stored.etag == "a??");
    BOOST_TEST(stored.s3_request_id == "b?");
}

BOOST_AUTO_TEST_CASE(refusals) {
    const struct {
        int status;
        std::string body;
        Status answer;
        const char* detail;
    } cases[] = {
        {301, error_xml("PermanentRedirect", "Use the endpoint."), Status::bad_gateway,
         "S3 refused the upload: Use the endpoint."},
        {307, error_xml("TemporaryRedirect", "Go."), Status::bad_gateway,
         "S3 refused the upload: Go."},
        {304, "", Status::bad_gateway, "S3 refused the upload."},
        {400, error_xml("BadDigest", "No match."), Status::bad_gateway,
         "S3 refused the upload: No match."},
        {403, error_xml("AccessDenied", "Access Denied"), Status::bad_gateway,
         "S3 refused the upload: Access Denied"},
        {404, error_xml("NoSuchBucket", ""), Status::bad_gateway, "S3 refused the upload."},
        {409, error_xml("OperationAborted", "Busy."), Status::bad_gateway,
         "S3 refused the upload: Busy."},
        {409, error_xml("ConditionalRequestConflict", "Conflict."), Status::conflict,
         "Another upload of this name is under way, try again: Conflict."},
        {412, error_xml("PreconditionFailed", ""), Status::conflict,
         "An object of this name exists already."},
        {412, "", Status::conflict, "An object of this name exists already."},
        {429, "", Status::service_unavailable, "S3 is busy, try again later."},
        {500, error_xml("InternalError", "We failed."), Status::bad_gateway,
         "S3 refused the upload: We failed."},
        {501, error_xml("NotImplemented", "No."), Status::bad_gateway,
         "S3 refused the upload: No."},
        {503, error_xml("SlowDown", "Reduce your rate."), Status::service_unavailable,
         "S3 is busy, try again later: Reduce your rate."},
        {504, "<html>", Status::bad_gateway, "S3 refused the upload."},
        {199, "", Status::bad_gateway, "S3 refused the upload."},
        {0, "", Status::bad_gateway, "S3 refused the upload."},
    };
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT(each.status << " " << each.body) {
            const Failure failure =
                failure_after({.status = each.status, .headers = {}, .body = each.body});
            BOOST_TEST((failure.status == each.answer));
            BOOST_TEST(failure.detail == each.detail);
            BOOST_TEST(failure.private_detail ==
                       "PUT s3://demo/a.txt: S3 answered " + std::to_string(each.status));
            BOOST_TEST((failure.retry_after > 0) == (each.answer == Status::service_unavailable));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_s3_said_is_kept) {
    const Failure failure = failure_after(
        {.status = 403, .headers = {}, .body = error_xml("AccessDenied", "Access Denied")});
    BOOST_REQUIRE(failure.s3.has_value());
    BOOST_TEST(failure.s3->code == "AccessDenied");
    BOOST_TEST(failure.s3->request_id == "tx1");
}

BOOST_AUTO_TEST_CASE(s3_said_nothing) {
    const Failure failure = failure_after({.status = 502, .headers = {}, .body = "<html>"});
    BOOST_TEST(!failure.s3.has_value());
}

BOOST_AUTO_TEST_CASE(retry_after) {
    const struct {
        const char* value;
        int seconds;
    } cases[] = {
        {"1", 1},   {"120", 120},  {"9999", 9999}, {"0", 1},   {"", 5},
        {"-1", 5},  {"1.5", 5},    {"10000", 5},   {"abc", 5}, {"Fri, 31 Jan 2026 23:59:59 GMT", 5},
        {"5 s", 5}, {"1\r\n2", 5},
    };
    for (const int status : {429, 503}) {
        for (const auto& each : cases) {
            const Headers headers = {{"retry-after", each.value}};
            BOOST_TEST(
                failure_after({.status = status, .headers = headers, .body = ""}).retry_after ==
                each.seconds);
        }
        BOOST_TEST(failure_after({.status = status, .headers = {}, .body = ""}).retry_after == 5);
    }
}

BOOST_AUTO_TEST_CASE(no_answer) {
    using Kind = TransportError::Kind;
    const struct {
        Kind kind;
        Status status;
        const char* detail;
    } cases[] = {
        {Kind::timed_out, Status::gateway_timeout, "S3 did not answer in time."},
        {Kind::unreachable, Status::bad_gateway, "S3 could not be reached."},
        {Kind::untrusted, Status::bad_gateway, "S3's certificate is not trusted here."},
        {Kind::broken, Status::bad_gateway, "The connection to S3 broke."},
    };
    for (const auto& each : cases) {
        const Failure failure = failure_after([&](const auto&) -> HttpResponse {
            throw TransportError(each.kind, "error setting certificate file: /etc/private/ca.pem");
        });
        BOOST_TEST((failure.status == each.status));
        BOOST_TEST(failure.detail == each.detail);
        BOOST_TEST(failure.private_detail ==
                   "PUT s3://demo/a.txt: error setting certificate file: /etc/private/ca.pem");
        BOOST_TEST(!failure.s3.has_value());
        BOOST_TEST(failure.retry_after == 0);
    }
}

BOOST_AUTO_TEST_CASE(failure_of_the_body_passes_through) {
    const Failure failure = failure_after([](const auto&) -> HttpResponse {
        throw Failure(Status::internal_error, "told", "logged");
    });
    BOOST_TEST((failure.status == Status::internal_error));
    BOOST_TEST(failure.detail == "told");
}

BOOST_AUTO_TEST_SUITE_END()
