#include "aws/sigv4.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "base/hex.h"
#include "base/percent.h"
#include "base/text.h"

namespace s3drop {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view terminator = "aws4_request";

// AWS's Trim(). The S3 page only trims. The IAM User Guide, "Create a signed AWS API request", also
// reduces sequential spaces to one, and so do botocore and radosgw. None of them treats quoted text
// differently.
std::string folded(std::string_view value) {
    std::string result;
    result.reserve(value.size());
    bool gap = false;
    for (const char c : value) {
        if (c == ' ' || c == '\t') {
            gap = !result.empty();
            continue;
        }
        if (std::exchange(gap, false)) result += ' ';
        result += c;
    }
    return result;
}

void add_canonical(std::vector<NameValue>& canonical, const NameValue& header) {
    std::string name = lower_case(header.name);
    const auto position = std::lower_bound(
        canonical.begin(), canonical.end(), name,
        [](const NameValue& other, const std::string& wanted) { return other.name < wanted; });
    if (position == canonical.end() || position->name != name) {
        canonical.insert(position, {std::move(name), folded(header.value)});
    } else {
        position->value.append(",").append(folded(header.value));
    }
}

std::string_view date_of(const SigningScope& scope) {
    return std::string_view(scope.date_time).substr(0, 8);
}

std::string_view bytes(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

[[noreturn]] void refuse(const std::string& fault) {
    throw std::invalid_argument("cannot sign: " + fault);
}

bool is_added_by_signer(std::string_view name) {
    constexpr std::array<std::string_view, 4> added = {
        "authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token"};
    return std::any_of(added.begin(), added.end(),
                       [&](std::string_view own) { return equal_ignoring_case(name, own); });
}

void require_signable(const SignableRequest& request, const Credentials& credentials) {
    if (request.method.empty()) refuse("no method");
    if (!request.path.starts_with('/')) refuse("the path is not absolute");
    if (request.payload_hash.empty()) refuse("no payload hash");
    if (!is_header_value(credentials.session_token))
        refuse("control character in the session token");
    bool has_host = false;
    for (const auto& [name, value] : request.headers) {
        if (!is_token(name)) refuse("a header's name is not a token");
        if (!is_header_value(value)) refuse("control character in header " + name);
        if (is_added_by_signer(name)) refuse("header " + name + " is added by the signer");
        has_host = has_host || equal_ignoring_case(name, "host");
    }
    if (!has_host) refuse("no Host header");
}

}  // namespace

std::string credential_scope(const SigningScope& scope) {
    std::string text(date_of(scope));
    text.append("/").append(scope.region);
    text.append("/").append(scope.service);
    text.append("/").append(terminator);
    return text;
}

std::string canonical_query(const std::vector<NameValue>& query) {
    std::vector<std::pair<std::string, std::string>> encoded;
    encoded.reserve(query.size());
    for (const auto& [name, value] : query)
        encoded.emplace_back(uri_encode(name, false), uri_encode(value, false));
    // Sorted after encoding, as AWS requires: "a-" comes before "a/", but after "a%2F".
    std::sort(encoded.begin(), encoded.end());
    std::string text;
    for (const auto& [name, value] : encoded) {
        if (!text.empty()) text += '&';
        text.append(name).append("=").append(value);
    }
    return text;
}

std::vector<NameValue> canonical_headers(const std::vector<NameValue>& headers) {
    std::vector<NameValue> canonical;
    canonical.reserve(headers.size());
    for (const NameValue& header : headers)
        add_canonical(canonical, header);
    return canonical;
}

std::string signed_headers(const std::vector<NameValue>& canonical_headers) {
    std::string text;
    for (const auto& [name, value] : canonical_headers) {
        if (!text.empty()) text += ';';
        text += name;
    }
    return text;
}

std::string canonical_request(const SignableRequest& request,
                              const std::vector<NameValue>& canonical_headers) {
    std::string text = request.method;
    text.append("\n").append(request.path);
    text.append("\n").append(canonical_query(request.query)).append("\n");
    for (const auto& [name, value] : canonical_headers)
        text.append(name).append(":").append(value).append("\n");
    text.append("\n").append(signed_headers(canonical_headers));
    text.append("\n").append(request.payload_hash);
    return text;
}

std::string string_to_sign(const SigningScope& scope, std::string_view canonical_request) {
    std::string text(algorithm);
    text.append("\n").append(scope.date_time);
    text.append("\n").append(credential_scope(scope));
    text.append("\n").append(hex(sha256(canonical_request)));
    return text;
}

Digest signing_key(std::string_view secret_access_key, const SigningScope& scope) {
    const Digest date_key =
        hmac_sha256(std::string("AWS4").append(secret_access_key), date_of(scope));
    const Digest date_region_key = hmac_sha256(bytes(date_key), scope.region);
    const Digest date_region_service_key = hmac_sha256(bytes(date_region_key), scope.service);
    return hmac_sha256(bytes(date_region_service_key), terminator);
}

std::string signature(const Digest& signing_key, std::string_view string_to_sign) {
    return hex(hmac_sha256(bytes(signing_key), string_to_sign));
}

std::string authorization(const Credentials& credentials, const SigningScope& scope,
                          std::string_view signed_headers, std::string_view signature) {
    std::string text(algorithm);
    text.append(" Credential=").append(credentials.access_key_id);
    text.append("/").append(credential_scope(scope));
    text.append(", SignedHeaders=").append(signed_headers);
    text.append(", Signature=").append(signature);
    return text;
}

SignedRequest sign(const SignableRequest& request, const Credentials& credentials,
                   const SigningScope& scope) {
    require_signable(request, credentials);
    SignedRequest result;
    result.headers = {{"x-amz-date", scope.date_time},
                      {"x-amz-content-sha256", request.payload_hash}};
    if (!credentials.session_token.empty())
        result.headers.push_back({"x-amz-security-token", credentials.session_token});
    std::vector<NameValue> canonical = canonical_headers(request.headers);
    for (const NameValue& header : result.headers)
        add_canonical(canonical, header);

    result.signing_key = signing_key(credentials.secret_access_key, scope);
    result.signature =
        signature(result.signing_key, string_to_sign(scope, canonical_request(request, canonical)));
    result.headers.push_back(
        {"Authorization",
         authorization(credentials, scope, signed_headers(canonical), result.signature)});
    return result;
}

}  // namespace s3drop
