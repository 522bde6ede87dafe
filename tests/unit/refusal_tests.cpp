#include <boost/test/unit_test.hpp>

#include "base/failure.h"
#include "s3/refusal.h"
#include "unit/canned_responses.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(refusal)

const Destination destination = canned_destination();

std::string error_xml(const std::string& code, const std::string& message) {
    return "<Error><Code>" + code + "</Code><Message>" + message +
           "</Message><RequestId>tx1</RequestId></Error>";
}

BOOST_AUTO_TEST_CASE(refusals) {
    const struct {
        int status;
        std::string body;
        Status reply;
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
         "Another upload with this name is in progress; try again: Conflict."},
        {412, error_xml("PreconditionFailed", ""), Status::conflict,
         "An object with this name already exists."},
        {412, "", Status::conflict, "An object with this name already exists."},
        {429, "", Status::service_unavailable, "S3 is busy; try again later."},
        {500, error_xml("InternalError", "We failed."), Status::bad_gateway,
         "S3 refused the upload: We failed."},
        {501, error_xml("NotImplemented", "No."), Status::bad_gateway,
         "S3 refused the upload: No."},
        {503, error_xml("SlowDown", "Reduce your rate."), Status::service_unavailable,
         "S3 is busy; try again later: Reduce your rate."},
        {504, "<html>", Status::bad_gateway, "S3 refused the upload."},
        {199, "", Status::bad_gateway, "S3 refused the upload."},
        {0, "", Status::bad_gateway, "S3 refused the upload."},
    };
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT(each.status << " " << each.body) {
            const Failure failure =
                failure_after({.status = each.status, .headers = {}, .body = each.body});
            BOOST_TEST((failure.status == each.reply));
            BOOST_TEST(failure.detail == each.detail);
            BOOST_TEST(failure.private_detail ==
                       "PUT s3://demo/a.txt: S3 responded with " + std::to_string(each.status));
            BOOST_TEST((failure.retry_after > 0) == (each.reply == Status::service_unavailable));
        }
    }
}

BOOST_AUTO_TEST_CASE(error_document_is_kept) {
    const Failure failure = failure_after(
        {.status = 403, .headers = {}, .body = error_xml("AccessDenied", "Access Denied")});
    BOOST_REQUIRE(failure.s3.has_value());
    BOOST_TEST(failure.s3->code == "AccessDenied");
    BOOST_TEST(failure.s3->request_id == "tx1");
}

BOOST_AUTO_TEST_CASE(refusal_without_an_error_document) {
    const Failure failure = failure_after({.status = 502, .headers = {}, .body = "<html>"});
    BOOST_TEST(!failure.s3.has_value());
}

BOOST_AUTO_TEST_CASE(retry_after) {
    const struct {
        const char* value;
        int seconds;
    } cases[] = {
        {"1", 1},       {"120", 120},
        {"9999", 9999}, {"0", 1},
        {"", 5},        {"-1", 5},
        {"1.5", 5},     {"10000", 10000},
        {"abc", 5},     {"Fri, 31 Jan 2026 23:59:59 GMT", 5},
        {"5 s", 5},     {"1\r\n2", 5},
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

BOOST_AUTO_TEST_CASE(response_is_missing) {
    using Kind = TransportError::Kind;
    const struct {
        Kind kind;
        Status status;
        const char* detail;
        Remedy remedy;
        bool may_have_worked;
    } cases[] = {
        {Kind::timed_out, Status::gateway_timeout, "S3 did not respond in time.", Remedy::none,
         true},
        {Kind::unreachable, Status::bad_gateway, "S3 could not be reached.", Remedy::retry, false},
        {Kind::untrusted, Status::bad_gateway, "S3's certificate is not trusted.", Remedy::none,
         false},
        {Kind::broken, Status::bad_gateway, "The connection to S3 broke.", Remedy::retry, true},
    };
    for (const auto& each : cases) {
        const Refusal refusal = no_response(
            put_call({}, destination, {}), destination,
            TransportError(each.kind, "error setting certificate file: /etc/private/ca.pem"));
        BOOST_TEST((refusal.failure.status == each.status));
        BOOST_TEST(refusal.failure.detail == each.detail);
        BOOST_TEST(refusal.failure.private_detail ==
                   "PUT s3://demo/a.txt: error setting certificate file: /etc/private/ca.pem");
        BOOST_TEST(!refusal.failure.s3.has_value());
        BOOST_TEST(refusal.failure.retry_after == 0);
        BOOST_TEST((refusal.remedy == each.remedy));
        BOOST_TEST(refusal.may_have_worked == each.may_have_worked);
    }
}

BOOST_AUTO_TEST_CASE(remedies) {
    const struct {
        int status;
        std::string code;
        Remedy remedy;
        bool may_have_worked;
    } cases[] = {
        {500, "InternalError", Remedy::retry, true},
        {502, "", Remedy::retry, true},
        {503, "SlowDown", Remedy::retry, true},
        {503, "", Remedy::retry, true},
        {504, "", Remedy::retry, true},
        {429, "", Remedy::retry, false},
        {400, "RequestTimeout", Remedy::retry, false},
        {400, "SlowDown", Remedy::retry, false},
        {501, "NotImplemented", Remedy::sign_whole, true},
        {400, "BadDigest", Remedy::none, false},
        {403, "AccessDenied", Remedy::none, false},
        {403, "SignatureDoesNotMatch", Remedy::none, false},
        {404, "NoSuchBucket", Remedy::none, false},
        {409, "ConditionalRequestConflict", Remedy::none, false},
        {412, "PreconditionFailed", Remedy::none, false},
        {505, "", Remedy::none, true},
    };
    for (const auto& each : cases) {
        const Refusal refusal =
            refusal_after({.status = each.status, .headers = {}, .body = error_xml(each.code, "")});
        BOOST_TEST_CONTEXT(each.status << " " << each.code) {
            BOOST_TEST((refusal.remedy == each.remedy));
            BOOST_TEST(refusal.may_have_worked == each.may_have_worked);
            BOOST_TEST(refusal.retry_after.count() == 0);
        }
    }
}

BOOST_AUTO_TEST_CASE(retry_after_is_kept_for_the_retry) {
    BOOST_TEST(refusal_after({.status = 503, .headers = {{"Retry-After", "7"}}, .body = ""})
                   .retry_after.count() == 7);
}

BOOST_AUTO_TEST_CASE(bucket_is_elsewhere) {
    const std::string xml =
        "<Error><Code>PermanentRedirect</Code><Endpoint>demo.s3.eu-west-1."
        "amazonaws.com</Endpoint></Error>";
    const std::string malformed =
        "<Error><Code>AuthorizationHeaderMalformed</Code>"
        "<Region>eu-west-1</Region></Error>";
    const struct {
        HttpResponse response;
        const char* host;
        const char* region;
        const char* told;
    } cases[] = {
        {{301, {{"x-amz-bucket-region", "eu-west-1"}}, xml},
         "demo.s3.eu-west-1.amazonaws.com",
         "eu-west-1",
         "PUT s3://demo/a.txt: S3 responded with 301; the bucket is at "
         "demo.s3.eu-west-1.amazonaws.com "
         "(UPLOAD_HOSTS) in eu-west-1 (AWS_REGION)"},
        {{301, {{"x-amz-bucket-region", "eu-west-1"}}, ""},
         "",
         "eu-west-1",
         "PUT s3://demo/a.txt: S3 responded with 301; the bucket is in eu-west-1 (AWS_REGION)"},
        {{307, {{"Location", "http://b.example:9000/demo/a.txt?x"}}, ""},
         "b.example:9000",
         "",
         "PUT s3://demo/a.txt: S3 responded with 307; the bucket is at b.example:9000 "
         "(UPLOAD_HOSTS)"},
        {{400, {}, malformed},
         "",
         "eu-west-1",
         "PUT s3://demo/a.txt: S3 responded with 400; the bucket is in eu-west-1 (AWS_REGION)"},
    };
    for (const auto& each : cases) {
        const Refusal refusal = refusal_after(each.response);
        BOOST_TEST((refusal.remedy == Remedy::follow_redirect));
        BOOST_TEST(refusal.host == each.host);
        BOOST_TEST(refusal.region == each.region);
        BOOST_TEST(refusal.failure.private_detail == each.told);
    }
    BOOST_TEST((refusal_after({.status = 307, .headers = {}, .body = ""}).remedy == Remedy::none));
}

BOOST_AUTO_TEST_CASE(permanent_and_temporary_redirects) {
    for (const int status : {301, 302, 307, 308}) {
        const Refusal refusal =
            refusal_after({.status = status,
                           .headers = {{"Location", "http://b.example/demo/a.txt"}},
                           .body = ""});
        BOOST_TEST((refusal.remedy == Remedy::follow_redirect));
        BOOST_TEST(refusal.temporary == (status == 302 || status == 307), status);
    }
}

BOOST_AUTO_TEST_CASE(clock_is_wrong) {
    const std::string xml = error_xml("RequestTimeTooSkewed", "Off.");
    const Refusal refusal = refusal_after(
        {.status = 403, .headers = {{"Date", "Sat, 31 Jan 2026 12:00:00 GMT"}}, .body = xml});
    BOOST_TEST((refusal.remedy == Remedy::set_clock));
    BOOST_REQUIRE(refusal.s3_time.has_value());
    BOOST_TEST((*refusal.s3_time == canned_time()));
    for (const char* date : {"", "today", "Sat, 31 Jan 2026 12:00:00"}) {
        const Refusal undated =
            refusal_after({.status = 403, .headers = {{"Date", date}}, .body = xml});
        BOOST_TEST((undated.remedy == Remedy::none));
    }
}

BOOST_AUTO_TEST_SUITE_END()
