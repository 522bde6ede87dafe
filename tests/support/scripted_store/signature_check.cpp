#include "scripted_store/signature_check.h"

#include <algorithm>
#include <ctime>
#include <sstream>

#include "base/text.h"
#include "scripted_store/evp_hash.h"

namespace s3drop::test {

namespace {

constexpr std::chrono::minutes most_skew{15};

// The parts of the Authorization header.
struct Authorization {
    std::string access_key_id;
    std::string date;
    std::string region;
    std::string signed_headers;
    std::string signature;

    std::string scope() const { return date + "/" + region + "/s3/aws4_request"; }
    bool is_signed(std::string_view name) const {
        return (";" + signed_headers + ";").find(";" + lower_case(name) + ";") != std::string::npos;
    }
};

std::string encoded(std::string_view text, bool keep_slash) {
    std::string all;
    for (const char c : text) {
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~' ||
                           (c == '/' && keep_slash);
        if (plain) {
            all += c;
        } else {
            std::string hex = bytes_in_hex({&c, 1});
            std::transform(hex.begin(), hex.end(), hex.begin(), [](char digit) {
                return digit >= 'a' ? char(digit - 'a' + 'A') : digit;
            });
            all += "%" + hex;
        }
    }
    return all;
}

// S3 decodes the path and signs its own encoding of it.
std::optional<std::string> canonical_path(const std::string& target) {
    const auto path = percent_decoded(target.substr(0, target.find('?')));
    if (!path) return std::nullopt;
    return encoded(*path, true);
}

std::optional<std::string> canonical_query_of(const std::string& target) {
    const std::size_t mark = target.find('?');
    if (mark == std::string::npos) return std::string();
    std::vector<std::string> pairs;
    std::istringstream query(target.substr(mark + 1));
    for (std::string pair; std::getline(query, pair, '&');) {
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const auto name = percent_decoded(std::string_view(pair).substr(0, equals));
        const auto value =
            percent_decoded(std::string_view(pair).substr(std::min(equals + 1, pair.size())));
        if (!name || !value) return std::nullopt;
        pairs.push_back(encoded(*name, false) + "=" + encoded(*value, false));
    }
    // By name first: "=" sorts after "-", "." and "%", which a longer name may have in its place.
    std::sort(pairs.begin(), pairs.end(), [](const std::string& a, const std::string& b) {
        const std::string name_a = a.substr(0, a.find('='));
        const std::string name_b = b.substr(0, b.find('='));
        return name_a != name_b ? name_a < name_b : a < b;
    });
    std::string all;
    for (const std::string& pair : pairs)
        all += (all.empty() ? "" : "&") + pair;
    return all;
}

// The value with every run of white space replaced by one space.
std::string folded(const std::string& value) {
    std::istringstream words(value);
    std::string all;
    for (std::string word; words >> word;)
        all += (all.empty() ? "" : " ") + word;
    return all;
}

std::string canonical_header_lines(const RequestHead& head, const std::string& signed_headers) {
    std::string lines;
    std::istringstream names(signed_headers);
    for (std::string name; std::getline(names, name, ';');) {
        lines += name + ":";
        bool first = true;
        for (const NameValue& header : head.headers) {
            if (lower_case(header.name) != name) continue;
            lines += (first ? "" : ",") + folded(header.value);
            first = false;
        }
        lines += "\n";
    }
    return lines;
}

std::string key_for(const std::string& secret, const Authorization& claim) {
    std::string key = "AWS4" + secret;
    for (const std::string& part :
         {claim.date, claim.region, std::string("s3"), std::string("aws4_request")})
        key = evp_hmac_sha256(key, part);
    return key;
}

// The value after `name=` in "Credential=…, SignedHeaders=…, Signature=…".
std::string field_of(const std::string& authorization, const std::string& name) {
    const std::size_t at = authorization.find(name + "=");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 1;
    const std::size_t end = std::min(authorization.find(',', begin), authorization.size());
    return std::string(trim(std::string_view(authorization).substr(begin, end - begin)));
}

// Whether the names are in lower case, unique and in byte order.
bool well_ordered(const std::string& signed_headers) {
    std::string last;
    std::istringstream names(signed_headers);
    for (std::string name; std::getline(names, name, ';');) {
        if (name <= last || name != lower_case(name)) return false;
        last = name;
    }
    return !last.empty();
}

std::optional<Authorization> parse_authorization(const std::string& text) {
    if (!text.starts_with("AWS4-HMAC-SHA256 ")) return std::nullopt;
    Authorization claim;
    std::vector<std::string> scope;
    std::istringstream parts(field_of(text, "Credential"));
    for (std::string part; std::getline(parts, part, '/');)
        scope.push_back(part);
    claim.signed_headers = field_of(text, "SignedHeaders");
    claim.signature = field_of(text, "Signature");
    if (scope.size() != 5 || scope[3] != "s3" || scope[4] != "aws4_request" ||
        !well_ordered(claim.signed_headers) || claim.signature.size() != 64) {
        return std::nullopt;
    }
    claim.access_key_id = scope[0];
    claim.date = scope[1];
    claim.region = scope[2];
    return claim;
}

S3Refusal denied(const std::string& code, const std::string& message) {
    return {.status = 403, .code = code, .message = message};
}

S3Refusal bad(const std::string& code, const std::string& message) {
    return {.status = 400, .code = code, .message = message};
}

std::string unsigned_header(const RequestHead& head, const Authorization& claim) {
    if (!claim.is_signed("host")) return "host";
    for (const NameValue& header : head.headers) {
        const std::string name = lower_case(header.name);
        if (name.starts_with("x-amz-") && !claim.is_signed(name)) return name;
    }
    return {};
}

// Checks everything but the signature itself: key id, token, date, region, payload, signed headers.
std::optional<S3Refusal> fault_of(const RequestHead& head, const Authorization& claim,
                                  const SigningRules& rules) {
    if (claim.access_key_id != rules.access_key_id)
        return denied("InvalidAccessKeyId", "The access key id is unknown.");
    if (head.header("x-amz-security-token") != rules.session_token)
        return bad("InvalidToken", "The session token is wrong.");
    const auto time = time_of_amz_date(head.header("x-amz-date"));
    if (!time) return denied("AccessDenied", "A valid x-amz-date is required.");
    if (!head.header("x-amz-date").starts_with(claim.date + "T"))
        return bad("AuthorizationHeaderMalformed",
                   "The credential's date differs from x-amz-date.");
    if (*time > rules.now + most_skew || *time < rules.now - most_skew) {
        S3Refusal skewed =
            denied("RequestTimeTooSkewed", "The request's time is too far from the server's.");
        skewed.circumstance = true;
        skewed.details = {{"RequestTime", head.header("x-amz-date")},
                          {"MaxAllowedSkewMilliseconds", "900000"}};
        return skewed;
    }
    if (!rules.region.empty() && claim.region != rules.region) {
        S3Refusal refusal =
            bad("AuthorizationHeaderMalformed",
                "The region '" + claim.region + "' is wrong; expecting '" + rules.region + "'");
        refusal.details = {{"Region", rules.region}};
        refusal.circumstance = true;
        return refusal;
    }
    const std::string payload = head.header("x-amz-content-sha256");
    if (payload.empty())
        return bad("InvalidRequest", "Missing required header: x-amz-content-sha256");
    if (payload == "UNSIGNED-PAYLOAD" && !rules.unsigned_payload)
        return bad("InvalidRequest", "The payload has to be signed.");
    const std::string missing = unsigned_header(head, claim);
    if (!missing.empty()) return denied("AccessDenied", "Not signed: " + missing);
    return std::nullopt;
}

}  // namespace

std::optional<std::chrono::system_clock::time_point> time_of_amz_date(const std::string& text) {
    tm utc{};
    const char* end = strptime(text.c_str(), "%Y%m%dT%H%M%SZ", &utc);
    if (text.size() != 16 || end == nullptr || *end != '\0') return std::nullopt;
    return std::chrono::system_clock::from_time_t(timegm(&utc));
}

std::variant<GoodSignature, S3Refusal> check_signature(const RequestHead& head,
                                                       const SigningRules& rules) {
    if (!head.has("Authorization")) return denied("AccessDenied", "Access Denied");
    const auto claim = parse_authorization(head.header("Authorization"));
    if (!claim) return bad("AuthorizationHeaderMalformed", "The authorization is malformed.");
    if (const auto fault = fault_of(head, *claim, rules)) return *fault;

    const auto path = canonical_path(head.target);
    const auto query = canonical_query_of(head.target);
    if (!path || !query) return bad("InvalidURI", "Couldn't parse the specified URI.");
    GoodSignature good{.payload = head.header("x-amz-content-sha256"),
                       .key = key_for(rules.secret_access_key, *claim),
                       .date = head.header("x-amz-date"),
                       .scope = claim->scope(),
                       .signature = claim->signature};
    const std::string canonical = head.method + "\n" + *path + "\n" + *query + "\n" +
                                  canonical_header_lines(head, claim->signed_headers) + "\n" +
                                  claim->signed_headers + "\n" + good.payload;
    const std::string to_sign =
        "AWS4-HMAC-SHA256\n" + good.date + "\n" + good.scope + "\n" + evp_sha256(canonical);
    if (bytes_in_hex(evp_hmac_sha256(good.key, to_sign)) != good.signature)
        return denied("SignatureDoesNotMatch", "Expected a signature of:\n" + canonical);
    return good;
}

}  // namespace s3drop::test
