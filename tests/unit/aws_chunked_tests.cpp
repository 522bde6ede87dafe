#include <boost/test/unit_test.hpp>

#include "s3/aws_chunked.h"
#include "unit/canned_upload.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(aws_chunked)

Payload payload_of(const std::string& content) {
    return {.size = content.size(),
            .hash = {},
            .read = [content](std::uint64_t offset, std::span<char> into) {
                return content.copy(into.data(), into.size(), offset);
            }};
}

constexpr std::size_t chunk = ChunkedBody::chunk_size;

// The example on AWS's page: 66,560 letters "a" in chunks of 64 KiB, with the published signatures.
const SigningScope aws_scope{std::chrono::sys_days{std::chrono::year{2013} / 5 / 24}, "us-east-1",
                             "s3"};

SignedRequest aws_seed() {
    return sign({.method = "PUT",
                 .path = "/examplebucket/chunkObject.txt",
                 .query = {},
                 .headers = {{"Host", "s3.amazonaws.com"},
                             {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
                             {"Content-Encoding", "aws-chunked"},
                             {"x-amz-decoded-content-length", "66560"},
                             {"Content-Length", "66824"}},
                 .payload_hash = std::string(chunked_payload)},
                {"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", ""},
                aws_scope);
}

std::string read_all(ChunkedBody& body, std::size_t at_once) {
    std::string all;
    std::string buffer(at_once, '\0');
    while (const std::size_t got = body.read(all.size(), buffer))
        all.append(buffer, 0, got);
    return all;
}

const std::string aws_body =
    "10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n" +
    std::string(chunk, 'a') +
    "\r\n400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n" +
    std::string(1024, 'a') +
    "\r\n0;chunk-signature="
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n";

BOOST_AUTO_TEST_CASE(seed_of_the_published_example) {
    BOOST_TEST(aws_seed().signature ==
               "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
}

BOOST_AUTO_TEST_CASE(published_example_in_reads_of_any_size) {
    for (const std::size_t at_once :
         {std::size_t{1}, std::size_t{7}, std::size_t{85}, chunk, std::size_t{200000}}) {
        ChunkedBody body(payload_of(std::string(66560, 'a')), aws_seed(), aws_scope);
        BOOST_TEST((read_all(body, at_once) == aws_body), at_once);
    }
}

BOOST_AUTO_TEST_CASE(payload_that_trickles_in) {
    Payload trickling = payload_of(std::string(66560, 'a'));
    trickling.read = [read = trickling.read](std::uint64_t offset, std::span<char> into) {
        return read(offset, into.first(std::min<std::size_t>(into.size(), 1000)));
    };
    ChunkedBody body(trickling, aws_seed(), aws_scope);
    BOOST_TEST((read_all(body, 4096) == aws_body));
}

BOOST_AUTO_TEST_CASE(restarted_after_any_number_of_bytes) {
    std::string buffer(70000, '\0');
    for (const std::size_t before : {1U, 85U, 86U, 65000U, 70000U}) {
        ChunkedBody body(payload_of(std::string(66560, 'a')), aws_seed(), aws_scope);
        body.read(0, std::span(buffer).first(before));
        BOOST_TEST((read_all(body, 4096) == aws_body), before);
    }
}

BOOST_AUTO_TEST_CASE(offsets_out_of_order) {
    ChunkedBody body(payload_of("abc"), aws_seed(), aws_scope);
    std::string buffer(10, '\0');
    BOOST_CHECK_THROW(body.read(5, buffer), std::logic_error);
}

BOOST_AUTO_TEST_CASE(payload_shorter_than_its_size) {
    Payload lying = payload_of("abc");
    lying.size = 4;
    ChunkedBody body(lying, aws_seed(), aws_scope);
    std::string buffer(10, '\0');
    BOOST_CHECK_THROW(body.read(0, buffer), std::logic_error);
}

BOOST_AUTO_TEST_CASE(size_is_known_in_advance) {
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{9}, std::size_t{255}, std::size_t{256},
          chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 1}) {
        ChunkedBody body(payload_of(std::string(size, 'x')), aws_seed(), aws_scope);
        BOOST_TEST(read_all(body, 50000).size() == chunked_size(size), size);
    }
    constexpr std::uint64_t largest = 5ULL << 30U;
    BOOST_TEST(chunked_size(largest) == largest + (largest >> 16U) * 90 + 86);
}

BOOST_AUTO_TEST_SUITE_END()
