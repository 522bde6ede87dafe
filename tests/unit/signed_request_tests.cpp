#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/failure.h"
#include "base/hex.h"
#include "s3/aws_chunked.h"
#include "s3/client.h"
#include "s3/object.h"
#include "s3/signed_request.h"
#include "unit/canned_upload.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(signed_request)

const Destination destination = canned_destination("in/a b+c.txt");

HttpRequest put_request(const Settings& settings, Destination to, const Payload& payload,
                        PayloadSigning signing) {
    to.may_overwrite = settings.overwrite;
    return s3drop::signed_request(settings.access, to, put_call(settings.access, to, payload),
                                  signing, canned_time());
}

// A recording that holds `before`, the payload and `after`.
struct Recorded {
    explicit Recorded(const std::string& content, const std::string& before = "",
                      const std::string& after = "")
        : extent{before.size(), content.size()}, hash(hex(sha256(content))) {
        recording.append(before + content + after);
    }

    HttpRequest request(const Settings& settings) const {
        return put_request(settings, destination, payload(), PayloadSigning::whole);
    }

    Payload payload() const { return recorded_payload(recording, extent, hash); }

    Recording recording{"/tmp"};
    Extent extent;
    std::string hash;
};

std::string shown(const Headers& headers) {
    std::string text;
    for (const auto& [name, value] : headers)
        text += name + ": " + value + "\n";
    return text;
}

// The signatures were computed by a second implementation of AWS's specification.
const std::string scope =
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260131/eu-west-1/s3/aws4_request, ";
const std::string hello_hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

BOOST_AUTO_TEST_CASE(whole_request) {
    const HttpRequest request = Recorded("hello").request(canned_settings());
    BOOST_TEST(request.method == "PUT");
    BOOST_TEST(request.url == "http://store.example:9000/demo/in/a%20b%2Bc.txt");
    BOOST_TEST(request.body_size == 5U);
    BOOST_TEST(shown(request.headers) ==
               "Host: store.example:9000\nContent-Type: text/plain\nIf-None-Match: *\n"
               "x-amz-date: 20260131T120000Z\nx-amz-content-sha256: " +
                   hello_hash +
                   "\nx-amz-security-token: FwoGZXIvYXdzEXAMPLETOKEN\nAuthorization: " + scope +
                   "SignedHeaders=content-type;host;if-none-match;x-amz-content-sha256;x-amz-date;"
                   "x-amz-security-token, Signature="
                   "aa0f3ddd624aff53cda6bd3b264f1549137a6a35978a26a6edbf5123874bb485\n");
}

BOOST_AUTO_TEST_CASE(overwriting_with_long_term_credentials) {
    Settings settings = canned_settings();
    settings.overwrite = true;
    settings.access.credentials.session_token.clear();
    BOOST_TEST(shown(Recorded("hello").request(settings).headers) ==
               "Host: store.example:9000\nContent-Type: text/plain\n"
               "x-amz-date: 20260131T120000Z\nx-amz-content-sha256: " +
                   hello_hash + "\nAuthorization: " + scope +
                   "SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, Signature="
                   "8b1a51c32a315f1ed7edc9348c5bfd389ac3708b5092754b666d50db50798a47\n");
}

BOOST_AUTO_TEST_CASE(extra_headers_and_an_empty_payload) {
    Settings settings = canned_settings();
    settings.overwrite = true;
    settings.access.credentials.session_token.clear();
    settings.access.headers = {{"x-amz-acl", "private"}, {"Cache-Control", "max-age=60"}};
    const HttpRequest request = Recorded("").request(settings);
    BOOST_TEST(request.body_size == 0U);
    BOOST_TEST(shown(request.headers) ==
               "Host: store.example:9000\nContent-Type: text/plain\nx-amz-acl: private\n"
               "Cache-Control: max-age=60\nx-amz-date: 20260131T120000Z\n"
               "x-amz-content-sha256: " +
                   std::string(empty_payload_hash) + "\nAuthorization: " + scope +
                   "SignedHeaders=cache-control;content-type;host;x-amz-acl;x-amz-content-sha256;"
                   "x-amz-date, Signature="
                   "25d262fdc1944b2ca4d5427d973f7eb6e73f6fe0d8556ee39f19700f15b9f71c\n");
}

BOOST_AUTO_TEST_CASE(region_of_the_destination_is_signed) {
    Destination elsewhere = destination;
    elsewhere.region = "us-east-2";
    const Recorded recorded("hello");
    const HttpRequest request =
        put_request(canned_settings(), elsewhere, recorded.payload(), PayloadSigning::whole);
    BOOST_TEST(contains(request.headers.back().value, "/20260131/us-east-2/s3/aws4_request"));
}

BOOST_AUTO_TEST_CASE(body_read_at_every_offset) {
    const std::string content = "0123456789";
    const Recorded recorded(content, "before", "after");
    const HttpRequest request = recorded.request(canned_settings());
    std::array<char, 64> buffer{};
    for (std::size_t offset = 0; offset <= content.size(); ++offset) {
        for (std::size_t size = 1; size < 20; ++size) {
            const std::size_t got = request.body(offset, std::span(buffer).first(size));
            BOOST_TEST(std::string(buffer.data(), got) == content.substr(offset, size));
        }
    }
    BOOST_TEST(request.body(content.size() + 1, buffer) == 0U);
}

BOOST_AUTO_TEST_CASE(body_read_again_from_its_start) {
    const Recorded recorded("hello");
    const HttpRequest request = recorded.request(canned_settings());
    std::array<char, 64> buffer{};
    for (int round = 0; round < 3; ++round)
        BOOST_TEST(request.body(0, buffer) == 5U);
}

BOOST_AUTO_TEST_CASE(sent_unchanged) {
    FakeClient client;
    const Recorded recorded("hello", "before", "after");
    send_once(client, canned_settings().access, destination,
              put_call(canned_settings().access, destination, recorded.payload()), canned_time());
    BOOST_REQUIRE(client.sent.size() == 1U);
    BOOST_TEST(client.sent.front().body == "hello");
    BOOST_TEST(shown(client.sent.front().request.headers) ==
               shown(recorded.request(canned_settings()).headers));
}

BOOST_AUTO_TEST_CASE(failure_of_the_body_passes_through) {
    FakeClient client;
    Payload payload = Recorded("hello").payload();
    payload.read = [](std::uint64_t, std::span<char>) -> std::size_t {
        throw Failure(Status::internal_error, "told", "logged");
    };
    BOOST_CHECK_THROW(
        send_once(client, canned_settings().access, destination,
                  put_call(canned_settings().access, destination, payload), canned_time()),
        Failure);
}

BOOST_AUTO_TEST_CASE(unsigned_payload_is_announced) {
    const Recorded recorded("hello");
    const HttpRequest request =
        put_request(canned_settings(), destination, recorded.payload(), PayloadSigning::none);
    BOOST_TEST(contains(shown(request.headers), "x-amz-content-sha256: UNSIGNED-PAYLOAD\n"));
    BOOST_TEST(request.body_size == 5U);
}

BOOST_AUTO_TEST_CASE(chunks_are_announced) {
    Settings settings = canned_settings();
    settings.access.headers = {{"content-encoding", "gzip"}};
    const Recorded recorded("hello");
    const HttpRequest request =
        put_request(settings, destination, recorded.payload(), PayloadSigning::chunks);
    const std::string headers = shown(request.headers);
    BOOST_TEST(contains(headers, "content-encoding: aws-chunked,gzip\n"));
    BOOST_TEST(contains(headers, "x-amz-decoded-content-length: 5\n"));
    BOOST_TEST(contains(headers, "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD\n"));
    BOOST_TEST(contains(headers, ";x-amz-decoded-content-length"));
    BOOST_TEST(request.body_size == chunked_size(5));
}

BOOST_AUTO_TEST_SUITE_END()
