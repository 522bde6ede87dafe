// AWS Signature Version 4 for Amazon S3, in the Authorization header. Pure: the time is passed in,
// nothing is read, nothing is kept.
//
// Follows the Amazon S3 API Reference, "Signature Calculations for the Authorization Header:
// Transferring Payload in a Single Chunk", a function for each step:
//
//     canonical_request ─▶ string_to_sign ─▶ signature ─▶ authorization
//                              signing_key ──────┘
//
// sign() takes all of them in turn; a client needs nothing else:
//
//     SignableRequest put{"PUT", "/" + uri_encode(key, true), {}, {{"Host", host}}, payload_hash};
//     SignedRequest result = sign(put, credentials, {now, region, "s3"});
//     // send put.headers and result.headers
//
// Errors: std::invalid_argument from sign() for a request that must not be signed, see there;
// std::runtime_error where OpenSSL fails or a time has no four-digit year.
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

// What the payload hash says of a body that is empty, and of one that is sent unsigned.
inline constexpr std::string_view empty_payload_hash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
inline constexpr std::string_view unsigned_payload = "UNSIGNED-PAYLOAD";

// The request as it will be sent. What is signed here and what goes over the wire must agree in
// every byte of path and query, and in the headers but for white space around and between words.
// Avoid tabs there: stores differ on whether they fold to a space, as here, or stay.
struct SignableRequest {
    std::string method;  // upper case
    // Absolute, and encoded once, by uri_encode(…, true). Signed as it is: S3, unlike other AWS
    // services, neither encodes it again nor resolves "..", "." and "//", which may be in a key.
    std::string path;
    std::vector<NameValue> query;  // not encoded; any order; no value is an empty value
    // All of these are signed, Host must be among them. Leave out what the client library or a
    // proxy may add or change underway: Connection, Expect, Transfer-Encoding, User-Agent.
    std::vector<NameValue> headers;
    // The body's SHA-256 in lower-case hexadecimal, or one of the words that AWS has in its place,
    // such as unsigned_payload or STREAMING-AWS4-HMAC-SHA256-PAYLOAD.
    std::string payload_hash;
};

// When and where a signature holds. S3 refuses a time 15 minutes off its own.
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

// Step 1. The parts of the canonical request that have rules of their own:
// name=value joined by &, both encoded, sorted by encoded name, then by encoded value;
std::string canonical_query(const std::vector<NameValue>& query);
// the headers by lower-case name in byte order; values trimmed, runs of spaces and tabs folded to
// one space; values of one name joined by commas in the order given;
std::vector<NameValue> canonical_headers(const std::vector<NameValue>& headers);
// and those names, joined by semicolons.
std::string signed_headers(const std::vector<NameValue>& canonical_headers);

// `canonical_headers`: the request's, and those that sign() adds.
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
    // To be sent with the request's own headers, as they are: x-amz-date, x-amz-content-sha256,
    // x-amz-security-token where the credentials have one, Authorization.
    std::vector<NameValue> headers;
    // What signing a body chunk by chunk starts from ("… Transferring Payload in Multiple Chunks"):
    // this is its seed signature; the time and credential_scope() are the scope's.
    std::string signature;
    Digest signing_key{};
};

// Throws std::invalid_argument, naming the fault but never a header's value, where
// - the method or the payload hash is empty, or the path does not begin with a slash;
// - there is no Host header, or one of those that this function adds is there already;
// - a header's name is not a token (RFC 9110 section 5.6.2), or its value or the session token
//   holds a control character other than tab: a line break would forge headers.
SignedRequest sign(const SignableRequest& request, const Credentials& credentials,
                   const SigningScope& scope);

}  // namespace s3drop
