// The scripted store's check of signed chunks, tested with AWS's published example: Amazon S3 API
// Reference, "Signature Calculations … Transferring Payload in Multiple Chunks".
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <vector>

#include "scripted_store/chunk_verifier.h"

using namespace s3drop::test;

namespace {

namespace data = boost::unit_test::data;

const std::string first_signature =
    "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
const std::string second_signature =
    "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
const std::string final_signature =
    "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";

// The example's head. Its Authorization header contains the seed signature.
GoodSignature published_seed() {
    RequestHead head{.method = "PUT", .target = "/examplebucket/chunkObject.txt", .headers = {}};
    head.headers = {
        {"Host", "s3.amazonaws.com"},
        {"x-amz-date", "20130524T000000Z"},
        {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
        {"Authorization",
         "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
         "SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
         "x-amz-decoded-content-length;x-amz-storage-class,"
         "Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9"},
        {"x-amz-content-sha256", std::string(streaming_payload)},
        {"Content-Encoding", "aws-chunked"},
        {"x-amz-decoded-content-length", "66560"},
        {"Content-Length", "66824"}};
    return std::get<GoodSignature>(
        check_signature(head, {.access_key_id = "AKIAIOSFODNN7EXAMPLE",
                               .secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                               .now = *time_of_amz_date("20130524T000000Z")}));
}

std::string chunk(const std::string& size, const std::string& signature,
                  const std::string& content) {
    return size + ";chunk-signature=" + signature + "\r\n" + content + "\r\n";
}

const std::string published_body = chunk("10000", first_signature, std::string(65536, 'a')) +
                                   chunk("400", second_signature, std::string(1024, 'a')) +
                                   chunk("0", final_signature, "");

struct Verified {
    std::string content;
    bool complete = false;
    std::string code = {};  // of the fault
};

Verified verify(const std::string& body, std::size_t size = 4096) {
    Verified verified;
    ChunkVerifier chunks(published_seed(),
                         [&](std::string_view content) { verified.content += content; });
    for (std::size_t at = 0; at < body.size(); at += size)
        chunks.add(std::string_view(body).substr(at, size));
    verified.complete = chunks.complete();
    if (chunks.fault()) verified.code = chunks.fault()->code;
    BOOST_TEST(chunks.decoded() == verified.content.size());
    return verified;
}

std::string flipped(std::size_t position) {
    std::string body = published_body;
    body[position] = static_cast<char>(body[position] ^ 1);
    return body;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(chunk_verifier)

BOOST_AUTO_TEST_CASE(published_body_has_the_published_length) {
    BOOST_TEST(published_body.size() == 66824U);
}

BOOST_DATA_TEST_CASE(published_example_is_accepted,
                     data::make({1U, 2U, 85U, 4096U, 65536U, 100000U}), size) {
    const Verified verified = verify(published_body, size);
    BOOST_TEST(verified.code == "");
    BOOST_TEST(verified.complete);
    BOOST_TEST((verified.content == std::string(66560, 'a')));
}

// In each chunk: in the header, the first and the last byte of the content, and the line break. In
// the last chunk: in every byte.
BOOST_AUTO_TEST_CASE(every_flipped_bit_is_found) {
    const std::size_t second = published_body.find("400;");
    const std::size_t third = published_body.find("0;chunk-signature=b6");
    std::vector<std::size_t> positions = {
        0,      5,          80,          87,          88,        65623,     65624,    65625,
        second, second + 3, second + 50, second + 85, third - 3, third - 2, third - 1};
    for (std::size_t at = third; at < published_body.size(); ++at)
        positions.push_back(at);
    for (const std::size_t position : positions) {
        const Verified verified = verify(flipped(position));
        BOOST_TEST(!verified.complete, "the byte at " << position);
    }
}

BOOST_AUTO_TEST_CASE(flipped_content_is_a_wrong_signature) {
    for (const std::size_t position : {88U, 40000U, 65623U, 65712U, 66735U})
        BOOST_TEST(verify(flipped(position)).code == "SignatureDoesNotMatch");
}

BOOST_AUTO_TEST_CASE(a_truncated_body_is_not_complete) {
    for (std::size_t size = 0;
         size<published_body.size(); size += size> 66700 || size < 100 ? 1 : 509) {
        const Verified verified = verify(published_body.substr(0, size));
        BOOST_TEST(!verified.complete, "of " << size << " bytes");
        BOOST_TEST(verified.code == "");
    }
}

BOOST_AUTO_TEST_CASE(chunks_in_another_order_are_refused) {
    const std::string first = published_body.substr(0, published_body.find("400;"));
    BOOST_TEST(verify(chunk("0", final_signature, "")).code == "SignatureDoesNotMatch");
    BOOST_TEST(verify(first + first).code == "SignatureDoesNotMatch");
    BOOST_TEST(verify(first + chunk("0", final_signature, "")).code == "SignatureDoesNotMatch");
}

struct Malformed {
    std::string body;
    const char* code;
};

BOOST_AUTO_TEST_CASE(malformed_chunks_are_refused) {
    const std::string any(64, '0');
    const std::vector<Malformed> cases = {
        {published_body + "x", "InvalidRequest"},
        {published_body + published_body, "InvalidRequest"},
        {"\r\n", "InvalidRequest"},
        {"x" + published_body, "InvalidRequest"},
        {"-1;chunk-signature=" + any + "\r\n", "InvalidRequest"},
        {"0x10;chunk-signature=" + any + "\r\n", "InvalidRequest"},
        {"10000\r\n", "InvalidRequest"},
        {"10000;chunk-signature=" + any + "0\r\n", "InvalidRequest"},
        {"10000;chunk-signature=" + any.substr(1) + "\r\n", "InvalidRequest"},
        {"10000000000000000;chunk-signature=" + any + "\r\n", "InvalidRequest"},
        {std::string(500, '1'), "InvalidRequest"},
        {chunk("10000", first_signature, std::string(65537, 'a')), "InvalidRequest"},
        {published_body.substr(0, published_body.find("\r\n0;")) +
             "\r\n0;chunk-signature=" + final_signature + "\r\n\n",
         "InvalidRequest"},
        {published_body.substr(0, published_body.find("\r\n0;")) + "\r\n" + chunk("2000", any, ""),
         "InvalidChunkSizeError"},
    };
    for (const Malformed& malformed : cases) {
        const Verified verified = verify(malformed.body);
        BOOST_TEST(verified.code == malformed.code, malformed.body.substr(0, 100));
        BOOST_TEST(!verified.complete);
    }
}

BOOST_AUTO_TEST_SUITE_END()
