// AWS Signature Version 4 from the other side: whether a request that came over the wire is signed
// as S3 wants it. Written from the Amazon S3 API Reference, "Signature Calculations for the
// Authorization Header", without a line of src/sigv4, so that the two are opinions of their own.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "scripted_store/request_head.h"
#include "scripted_store/s3_refusal.h"

namespace s3drop::test {

// Who may sign, and what else the check holds a request against.
struct SigningRules {
    std::string access_key_id;
    std::string secret_access_key;
    std::string session_token = {};  // "": none is expected, and one that comes is refused
    std::string region = {};         // "": the one that the request names
    std::chrono::system_clock::time_point now = {};  // S3's clock; 15 minutes off are too many
    bool unsigned_payload = false;                   // whether UNSIGNED-PAYLOAD will do
};

// A signature that holds, and what the check of its body starts from.
struct GoodSignature {
    std::string payload;    // x-amz-content-sha256: the body's hash, or a word in its place
    std::string key;        // 32 bytes, for the chunks' signatures
    std::string date;       // x-amz-date
    std::string scope;      // 20130524/us-east-1/s3/aws4_request
    std::string signature;  // the chunks' seed
};

// Only the head is looked at: whether the body is the one that was signed, its reader finds out.
// Where a signature differs, the refusal's message has the canonical request that was expected.
std::variant<GoodSignature, S3Refusal> check_signature(const RequestHead& head,
                                                       const SigningRules& rules);

inline constexpr std::string_view streaming_payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

// 20130524T000000Z as a time.
std::optional<std::chrono::system_clock::time_point> time_of_amz_date(const std::string& text);

}  // namespace s3drop::test
