#include <boost/test/unit_test.hpp>

#include "base/failure.h"
#include "s3/object.h"
#include "unit/canned_responses.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(object)

const Destination destination = canned_destination();

Stored stored_after(const HttpResponse& response) {
    const auto result = result_of_put(response, destination);
    BOOST_REQUIRE(std::holds_alternative<Stored>(result));
    return std::get<Stored>(result);
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

BOOST_AUTO_TEST_CASE(response_without_an_etag) {
    for (const std::string etag : {"", "\"\""}) {
        const Failure failure = failure_after({.status = 200,
                                               .headers = {{"ETag", etag}},
                                               .body = "<html>Sign in to the hotel</html>"});
        BOOST_TEST((failure.status == Status::bad_gateway));
        BOOST_TEST(failure.detail == "The server at the S3 address did not answer like S3.");
        BOOST_TEST(failure.private_detail == "PUT s3://demo/a.txt: 200 without an ETag");
        BOOST_TEST(!failure.s3.has_value());
    }
}

BOOST_AUTO_TEST_CASE(control_characters_in_the_headers_of_a_store) {
    const Stored stored =
        stored_after({.status = 200,
                      .headers = {{"ETag", "\"a\x01\x7F\""}, {"x-amz-request-id", "b\x02"}},
                      .body = ""});
    BOOST_TEST(stored.etag == "a??");
    BOOST_TEST(stored.s3_request_id == "b?");
}

BOOST_AUTO_TEST_CASE(confirmed_before_everything_was_sent) {
    const Refusal refusal = refusal_after(
        {.status = 200, .headers = {{"ETag", "\"9a03\""}}, .body = "", .early = true});
    BOOST_TEST((refusal.failure.status == Status::bad_gateway));
    BOOST_TEST(refusal.failure.private_detail ==
               "PUT s3://demo/a.txt: 200 before all of the file was sent");
    BOOST_TEST((refusal.remedy == Remedy::none));
}

BOOST_AUTO_TEST_CASE(headers_of_a_put) {
    Access access;
    access.headers = {{"x-amz-acl", "private"}, {"Cache-Control", "no-cache"}};
    Destination other = canned_destination();
    const auto names = [&] {
        std::string all;
        for (const auto& [name, value] : put_call(access, other, {}).headers)
            all += name + "=" + value + ";";
        return all;
    };
    const std::string own = "x-amz-acl=private;Cache-Control=no-cache;";
    BOOST_TEST(names() == "Content-Type=text/plain;If-None-Match=*;" + own);
    other.may_overwrite = true;
    BOOST_TEST(names() == "Content-Type=text/plain;" + own);
}

BOOST_AUTO_TEST_CASE(etags_that_are_an_md5) {
    const std::string md5 = "5d41402abc4b2a76b9719d911017c592";
    const struct {
        Headers headers;
        bool is_md5;
    } cases[] = {
        {{{"ETag", "\"" + md5 + "\""}}, true},
        {{{"ETag", "\"" + md5 + "\""}, {"x-amz-server-side-encryption", "AES256"}}, true},
        {{{"ETag", "\"" + md5 + "\""}, {"x-amz-server-side-encryption", "aws:kms"}}, false},
        {{{"ETag", "\"" + md5 + "\""}, {"x-amz-server-side-encryption", "aws:kms:dsse"}}, false},
        {{{"ETag", "\"" + md5 + "\""},
          {"x-amz-server-side-encryption-customer-algorithm", "AES256"}},
         false},
        {{{"ETag", "\"" + md5 + "-2\""}}, false},
        {{{"ETag", "\"" + md5.substr(1) + "\""}}, false},
        {{{"ETag", "\"" + md5.substr(1) + "g\""}}, false},
        {{}, false},
    };
    for (const auto& each : cases)
        BOOST_TEST(etag_is_md5({.status = 200, .headers = each.headers, .body = ""}) ==
                   each.is_md5);
}

BOOST_AUTO_TEST_SUITE_END()
