#include "s3/refusal.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/text.h"
#include "base/utc.h"
#include "s3/s3_error.h"

namespace s3drop {

namespace {

// Retry-After is a number of seconds or a date (RFC 9110 section 10.2.3). A date is compared with
// the response's own Date. Returns 0 if the header is missing or invalid.
std::chrono::seconds retry_after(const HttpResponse& response) {
    using std::chrono::seconds;
    constexpr seconds longest = std::chrono::hours(24 * 365);
    const std::string text = response.header("Retry-After");
    if (is_decimal(text)) {
        constexpr std::size_t most_digits = 8;
        const auto asked = parse_decimal(text, most_digits);
        return asked ? std::clamp(seconds(*asked), seconds(1), longest) : longest;
    }
    const auto then = parse_http_date(text);
    const auto now = response.date();
    if (!then || !now) return seconds(0);
    return std::clamp(std::chrono::duration_cast<seconds>(*then - *now), seconds(1), longest);
}

// The host in a redirect: from the Location of a 307, or else from the Endpoint in a 301's XML.
// Returns "" if the Location has another scheme: hosts are allowed only with the endpoint's scheme.
std::string host_of(const ObjectAddress& address, const HttpResponse& response, const S3Error& s3) {
    const std::string location = response.header("Location");
    const std::size_t slashes = location.find("//");
    if (slashes == std::string::npos) return s3.endpoint;
    if (slashes > 0 && !equal_ignoring_case(location.substr(0, slashes),
                                            address.url.substr(0, address.url.find("//")))) {
        return {};
    }
    const std::size_t begin = slashes + 2;
    return location.substr(begin, location.find_first_of("/?#", begin) - begin);
}

bool is_redirect(const HttpResponse& response, const S3Error& s3) {
    return response.status == 301 || response.status == 302 || response.status == 307 ||
           response.status == 308 || s3.code == "AuthorizationHeaderMalformed";
}

bool is_busy(const HttpResponse& response, const S3Error& s3) {
    return response.status == 503 || response.status == 429 || s3.code == "SlowDown";
}

bool is_transient(const HttpResponse& response, const S3Error& s3) {
    return response.status == 500 || response.status == 502 || response.status == 504 ||
           is_busy(response, s3) || s3.code == "RequestTimeout";
}

Failure failure_of(const std::string& what, const HttpResponse& response, const S3Error& s3) {
    Failure failure(Status::bad_gateway, "S3 refused the upload");
    if (response.status == 412) {
        failure = {Status::conflict, "An object with this name already exists"};
    } else if (s3.code == "ConditionalRequestConflict") {
        failure = {Status::conflict, "Another upload with this name is in progress; try again"};
    } else if (is_busy(response, s3)) {
        constexpr int default_seconds = 5;
        const auto asked = static_cast<int>(retry_after(response).count());
        failure = {Status::service_unavailable, "S3 is busy; try again later"};
        failure.retry_after = asked > 0 ? asked : default_seconds;
    }
    failure.detail += s3.message.empty() ? "." : ": " + s3.message;
    failure.private_detail = what + ": S3 responded with " + std::to_string(response.status);
    if (!s3.code.empty() || !s3.request_id.empty()) failure.s3 = s3;
    return failure;
}

// For the operator: where the bucket is, and which setting to correct.
std::string redirect_hint(const std::string& host, const std::string& region) {
    std::string text = "; the bucket is";
    if (!host.empty()) text += " at " + printable(host) + " (UPLOAD_HOSTS)";
    if (!region.empty()) text += " in " + region + " (AWS_REGION)";
    return text;
}

// "PUT s3://bucket/key", for the log.
std::string described(const Call& call, const Destination& destination) {
    return call.method + " " + object_url(destination);
}

}  // namespace

Refusal refusal_of(const Call& call, const Destination& destination, const HttpResponse& response) {
    const S3Error s3 = parse_s3_error(response);
    Refusal refusal{.failure = failure_of(described(call, destination), response, s3),
                    .status = response.status,
                    .may_have_worked = response.status >= 500,
                    .resent = response.resent};
    if (is_redirect(response, s3)) {
        refusal.host = host_of(destination.address, response, s3);
        refusal.region = s3.region;
        refusal.temporary = response.status == 302 || response.status == 307;
        if (refusal.host.empty() && refusal.region.empty()) return refusal;
        refusal.remedy = Remedy::follow_redirect;
        refusal.failure.private_detail += redirect_hint(refusal.host, refusal.region);
    } else if (s3.code == "RequestTimeTooSkewed") {
        refusal.s3_time = response.date();
        if (refusal.s3_time) refusal.remedy = Remedy::set_clock;
    } else if (response.status == 501) {
        refusal.remedy = Remedy::sign_whole;
    } else if (is_transient(response, s3)) {
        refusal.remedy = Remedy::retry;
        refusal.retry_after = retry_after(response);
    }
    return refusal;
}

Refusal not_s3(const Call& call, const Destination& destination, const HttpResponse& response,
               const std::string& why) {
    return {.failure = Failure(
                Status::bad_gateway, "The server at the S3 address did not answer like S3.",
                described(call, destination) + ": " + std::to_string(response.status) + " " + why),
            .status = response.status,
            .resent = response.resent};
}

Refusal no_response(const Call& call, const Destination& destination, const TransportError& error) {
    const std::string log = described(call, destination) + ": " + error.what();
    switch (error.kind) {
        case TransportError::Kind::timed_out:
            return {.failure = Failure(Status::gateway_timeout, "S3 did not respond in time.", log),
                    .may_have_worked = error.all_sent};
        case TransportError::Kind::unreachable:
            return {.failure = Failure(Status::bad_gateway, "S3 could not be reached.", log),
                    .remedy = Remedy::retry};
        case TransportError::Kind::untrusted:
            return {.failure =
                        Failure(Status::bad_gateway, "S3's certificate is not trusted.", log)};
        case TransportError::Kind::broken:
            break;
    }
    return {.failure = Failure(Status::bad_gateway, "The connection to S3 broke.", log),
            .remedy = Remedy::retry,
            .may_have_worked = error.all_sent};
}

}  // namespace s3drop
