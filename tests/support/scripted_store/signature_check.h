// Verifies AWS Signature Version 4, as S3 does, in a request that has been received. Written from
// the Amazon S3 API Reference, "Signature Calculations for the Authorization Header". It shares no
// code with src/aws/sigv4, so that each is an independent check of the other.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "scripted_store/request_head.h"
#include "scripted_store/s3_refusal.h"

namespace s3drop::test {

// What a request is checked against.
struct SigningRules {
    std::string access_key_id;
    std::string secret_access_key;
    std::string session_token = {};                  // "": requests with a token are refused
    std::string region = {};                         // "": any
    std::chrono::system_clock::time_point now = {};  // S3's clock; up to 15 minutes off is accepted
    bool unsigned_payload = false;                   // whether UNSIGNED-PAYLOAD is accepted
};

// A valid signature, with what is needed to verify the body.
struct GoodSignature {
    std::string payload;    // x-amz-content-sha256: the body's hash, or a keyword
    std::string key;        // 32 bytes, for the chunks' signatures
    std::string date;       // x-amz-date
    std::string scope;      // 20130524/us-east-1/s3/aws4_request
    std::string signature;  // the seed of the chunks' signatures
};

// Checks only the head; whoever reads the body has to verify it. If the signature differs, the
// refusal's message contains the canonical request that was expected.
std::variant<GoodSignature, S3Refusal> check_signature(const RequestHead& head,
                                                       const SigningRules& rules);

inline constexpr std::string_view streaming_payload = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

// Parses 20130524T000000Z; nullopt if the text is malformed.
std::optional<std::chrono::system_clock::time_point> time_of_amz_date(const std::string& text);

}  // namespace s3drop::test
