#include "s3/s3_answer.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/text.h"
#include "base/utc.h"
#include "s3/s3_error.h"

namespace s3drop {

namespace {

// Seconds, or a date, by the clock that the same answer shows (RFC 9110 section 10.2.3). Nonsense
// counts as not said.
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

// The host in a redirect: the Location of a 307, else the Endpoint that a 301's XML names. None
// where the Location has another scheme: what hosts are allowed, they are for the endpoint's.
std::string host_of(const Destination& to, const HttpResponse& response, const S3Error& s3) {
    const std::string location = response.header("Location");
    const std::size_t slashes = location.find("//");
    if (slashes == std::string::npos) return s3.endpoint;
    if (slashes > 0 && !equal_ignoring_case(location.substr(0, slashes),
                                            to.address.url.substr(0, to.address.url.find("//")))) {
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

bool may_pass(const HttpResponse& response, const S3Error& s3) {
    return response.status == 500 || response.status == 502 || response.status == 504 ||
           is_busy(response, s3) || s3.code == "RequestTimeout";
}

Failure failure_of(const Destination& to, const HttpResponse& response, const S3Error& s3) {
    Failure failure(Status::bad_gateway, "S3 refused the upload");
    if (response.status == 412) {
        failure = {Status::conflict, "An object of this name exists already"};
    } else if (s3.code == "ConditionalRequestConflict") {
        failure = {Status::conflict, "Another upload of this name is under way, try again"};
    } else if (is_busy(response, s3)) {
        constexpr int default_seconds = 5;
        const auto asked = static_cast<int>(retry_after(response).count());
        failure = {Status::service_unavailable, "S3 is busy, try again later"};
        failure.retry_after = asked > 0 ? asked : default_seconds;
    }
    failure.detail += s3.message.empty() ? "." : ": " + s3.message;
    failure.private_detail =
        "PUT " + object_url(to) + ": S3 answered " + std::to_string(response.status);
    if (!s3.code.empty() || !s3.request_id.empty()) failure.s3 = s3;
    return failure;
}

// For the operator, who is the one to set it right.
std::string whereto(const std::string& host, const std::string& region) {
    std::string text = "; the bucket is";
    if (!host.empty()) text += " at " + printable(host) + " (UPLOAD_HOSTS)";
    if (!region.empty()) text += " in " + region + " (AWS_REGION)";
    return text;
}

Refusal refused(const Destination& to, const HttpResponse& response) {
    const S3Error s3 = parse_s3_error(response);
    Refusal refusal{.failure = failure_of(to, response, s3),
                    .answered = true,
                    .may_be_stored = response.status >= 500,
                    .resent = response.resent};
    if (is_redirect(response, s3)) {
        refusal.host = host_of(to, response, s3);
        refusal.region = s3.region;
        refusal.for_now = response.status == 302 || response.status == 307;
        if (refusal.host.empty() && refusal.region.empty()) return refusal;
        refusal.remedy = Remedy::go_elsewhere;
        refusal.failure.private_detail += whereto(refusal.host, refusal.region);
    } else if (s3.code == "RequestTimeTooSkewed") {
        refusal.s3_time = response.date();
        if (refusal.s3_time) refusal.remedy = Remedy::set_clock;
    } else if (response.status == 501) {
        refusal.remedy = Remedy::sign_whole;
    } else if (may_pass(response, s3)) {
        refusal.remedy = Remedy::again;
        refusal.retry_after = retry_after(response);
    }
    return refusal;
}

Refusal not_s3(const Destination& to, const HttpResponse& response, const char* why) {
    return {.failure = Failure(
                Status::bad_gateway, "What answered in S3's place is not S3.",
                "PUT " + object_url(to) + ": " + std::to_string(response.status) + " " + why),
            .answered = true,
            .resent = response.resent};
}

}  // namespace

std::string object_url(const Destination& to) {
    return "s3://" + to.bucket + "/" + to.key;
}

std::string etag_of(const HttpResponse& response) {
    std::string etag = printable(response.header("ETag"));
    std::erase(etag, '"');
    return etag;
}

Refusal no_answer(const Destination& to, const TransportError& error) {
    const std::string log = "PUT " + object_url(to) + ": " + error.what();
    switch (error.kind) {
        case TransportError::Kind::timed_out:
            return {.failure = Failure(Status::gateway_timeout, "S3 did not answer in time.", log),
                    .may_be_stored = error.all_sent};
        case TransportError::Kind::unreachable:
            return {.failure = Failure(Status::bad_gateway, "S3 could not be reached.", log),
                    .remedy = Remedy::again};
        case TransportError::Kind::untrusted:
            return {.failure =
                        Failure(Status::bad_gateway, "S3's certificate is not trusted here.", log)};
        case TransportError::Kind::broken:
            break;
    }
    return {.failure = Failure(Status::bad_gateway, "The connection to S3 broke.", log),
            .remedy = Remedy::again,
            .may_be_stored = error.all_sent};
}

Stored confirmed(const HttpResponse& response, const Destination& to, std::uint64_t size) {
    return {.bucket = to.bucket,
            .key = to.key,
            .size = size,
            .content_type = to.content_type,
            .etag = etag_of(response),
            .url = to.address.url,
            .s3_request_id = printable(response.header("x-amz-request-id"))};
}

PutResult meaning_of(const HttpResponse& response, const Destination& to, std::uint64_t size) {
    if (response.status < 200 || response.status > 299) return refused(to, response);
    // S3 gives every object an ETag; a proxy's or a portal's friendly 200 has none. Nor does S3
    // confirm what it has not got.
    if (etag_of(response).empty()) return not_s3(to, response, "without an ETag");
    if (response.early) return not_s3(to, response, "before all of the file was sent");
    return confirmed(response, to, size);
}

}  // namespace s3drop
