// AWS Signature Version 4 for Amazon S3, in the Authorization header. The functions are pure: the
// time is passed in, nothing else is read, and no state is kept.
//
// They follow the Amazon S3 API Reference, "Signature Calculations for the Authorization Header:
// Transferring Payload in a Single Chunk", with one function for each step:
//
//     canonical_request ─▶ string_to_sign ─▶ signature ─▶ authorization
//                              signing_key ──────┘
//
// sign() does all the steps. A client needs only this:
//
//     SignableRequest put{"PUT", "/" + uri_encode(key, true), {}, {{"Host", host}}, payload_hash};
//     SignedRequest result = sign(put, credentials, {now, region, "s3"});
//     // send put.headers and result.headers
//
// Errors: sign() throws std::invalid_argument for a request that must not be signed (see there).
// All throw std::runtime_error if OpenSSL fails, or if the year of a time does not have four
// digits.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/credentials.h"
#include "base/digest.h"
#include "base/name_value.h"
#include "base/utc.h"

namespace s3drop {

// The payload hash of an empty body, and of one that is sent unsigned.
inline constexpr std::string_view empty_payload_hash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
inline constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";

// The request as it will be sent. The path and the query must be sent exactly as they are signed
// here, byte for byte. In header values, only the amount of white space may differ. Avoid tabs in
// them: some stores replace a tab with a space, as this module does, and others keep it.
struct SignableRequest {
    std::string method;  // upper case
    // Absolute, and encoded once, with uri_encode(…, true). It is signed as it is: unlike other AWS
    // services, S3 does not encode it again, and does not resolve "..", "." and "//", which may be
    // part of a key.
    std::string path;
    std::vector<NameValue> query;  // not encoded; any order; "" if there is no value
    // All of these are signed. Host is required. Leave out headers that the HTTP library or a proxy
    // may add or change: Connection, Expect, Transfer-Encoding, User-Agent.
    std::vector<NameValue> headers;
    // The body's SHA-256 in lower-case hexadecimal, or one of AWS's constants for other cases, such
    // as unsigned_payload or STREAMING-AWS4-HMAC-SHA256-PAYLOAD.
    std::string payload_hash;
};

// When and where a signature is valid. S3 refuses a time that is 15 minutes off its own.
struct SigningScope {
    SigningScope() = default;
    SigningScope(std::chrono::system_clock::time_point time, std::string where, std::string what)
        : date_time(iso_basic(time)), region(std::move(where)), service(std::move(what)) {}

    std::string date_time;  // as x-amz-date has it: 20130524T000000Z
    std::string region;     // as in "eu-west-1"
    std::string service;    // "s3"
};

// 20130524/us-east-1/s3/aws4_request
std::string credential_scope(const SigningScope& scope);

// Step 1: the canonical request. First those of its elements that have their own rules.
//
// The query: name=value, both encoded, sorted by encoded name and then by encoded value, joined by
// "&".
std::string canonical_query(const std::vector<NameValue>& query);

// The headers: names in lower case and sorted by byte; values trimmed, with each run of spaces and
// tabs replaced by one space; several values of one name joined by commas in the given order.
std::vector<NameValue> canonical_headers(const std::vector<NameValue>& headers);

// Their names, joined by semicolons.
std::string signed_headers(const std::vector<NameValue>& canonical_headers);

// `canonical_headers`: those of the request and those that sign() adds.
std::string canonical_request(const SignableRequest& request,
                              const std::vector<NameValue>& canonical_headers);

// Step 2.
std::string string_to_sign(const SigningScope& scope, std::string_view canonical_request);

// Step 3. The key is valid for every request of that day (UTC), region and service.
Digest signing_key(std::string_view secret_access_key, const SigningScope& scope);

// 64 hexadecimal characters.
std::string signature(const Digest& signing_key, std::string_view string_to_sign);

// The Authorization header's value.
std::string authorization(const Credentials& credentials, const SigningScope& scope,
                          std::string_view signed_headers, std::string_view signature);

struct SignedRequest {
    // Send these unchanged, in addition to the request's own headers: x-amz-date,
    // x-amz-content-sha256, x-amz-security-token if the credentials have a token, Authorization.
    std::vector<NameValue> headers;
    // To sign a body chunk by chunk ("… Transferring Payload in Multiple Chunks"): the seed
    // signature and the key. The chunks use the same scope.
    std::string signature;
    Digest signing_key{};
};

// Throws std::invalid_argument, which names the fault but never shows a header's value, if
// - the method or the payload hash is empty, or the path does not begin with a slash;
// - there is no Host header, or the request already has one of the headers that this function adds;
// - a header's name is not a token (RFC 9110 section 5.6.2), or its value or the session token
//   contains a control character other than tab (a line break would forge headers).
SignedRequest sign(const SignableRequest& request, const Credentials& credentials,
                   const SigningScope& scope);

}  // namespace s3drop
