#include "s3_put.h"

#include <algorithm>

#include "failure.h"
#include "s3_error.h"
#include "sigv4.h"
#include "text.h"

namespace s3drop {

namespace {

std::string object_url(const Destination& to) {
    return "s3://" + to.bucket + "/" + to.key;
}

Failure unreachable(const Destination& to, const TransportError& error) {
    const std::string log = "PUT " + object_url(to) + ": " + error.what();
    switch (error.kind) {
        case TransportError::Kind::timed_out:
            return {Status::gateway_timeout, "S3 did not answer in time.", log};
        case TransportError::Kind::unreachable:
            return {Status::bad_gateway, "S3 could not be reached.", log};
        case TransportError::Kind::untrusted:
            return {Status::bad_gateway, "S3's certificate is not trusted here.", log};
        case TransportError::Kind::broken:
            break;
    }
    return {Status::bad_gateway, "The connection to S3 broke.", log};
}

// Delay-seconds of RFC 9110 section 10.2.3; a date, or nonsense, counts as not said.
int retry_after(const HttpResponse& response) {
    constexpr int default_seconds = 5;
    const std::string text = response.header("Retry-After");
    const bool number = !text.empty() && text.size() <= 4 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    return number ? std::max(std::stoi(text), 1) : default_seconds;
}

Failure refused(const Destination& to, const HttpResponse& response) {
    const S3Error s3 = parse_s3_error(response);
    Failure failure(Status::bad_gateway, "S3 refused the upload", "");
    if (response.status == 412) {
        failure = {Status::conflict, "An object of this name exists already"};
    } else if (s3.code == "ConditionalRequestConflict") {
        failure = {Status::conflict, "Another upload of this name is under way, try again"};
    } else if (response.status == 503 || response.status == 429) {
        failure = {Status::service_unavailable, "S3 is busy, try again later"};
        failure.retry_after = retry_after(response);
    }
    failure.detail += s3.message.empty() ? "." : ": " + s3.message;
    failure.private_detail =
        "PUT " + object_url(to) + ": S3 answered " + std::to_string(response.status);
    if (!s3.code.empty() || !s3.request_id.empty()) failure.s3 = s3;
    return failure;
}

std::string unquoted(std::string text) {
    std::erase(text, '"');
    return text;
}

}  // namespace

HttpRequest signed_request(const Settings& settings, const Destination& to, const char* method,
                           const Headers& headers, const std::string& payload_hash,
                           std::chrono::system_clock::time_point now) {
    SignableRequest signable{.method = method,
                             .path = to.address.path,
                             .query = {},
                             .headers = {{"Host", to.address.authority}},
                             .payload_hash = payload_hash};
    signable.headers.insert(signable.headers.end(), headers.begin(), headers.end());
    HttpRequest request;
    request.method = signable.method;
    request.url = to.address.url;
    request.headers = signable.headers;
    const SignedRequest sealed = sign(std::move(signable), settings.credentials, {now, to.region});
    request.headers.insert(request.headers.end(), sealed.headers.begin(), sealed.headers.end());
    return request;
}

HttpRequest put_request(const Settings& settings, const Destination& to, const Payload& payload,
                        std::chrono::system_clock::time_point now) {
    Headers headers = {{"Content-Type", to.content_type}};
    if (!settings.overwrite) headers.push_back({"If-None-Match", "*"});
    headers.insert(headers.end(), settings.s3_headers.begin(), settings.s3_headers.end());
    HttpRequest request = signed_request(settings, to, "PUT", headers, payload.hash, now);
    request.body_size = payload.extent.size;
    request.body = [&recording = payload.recording, extent = payload.extent](std::uint64_t offset,
                                                                             std::span<char> into) {
        const std::uint64_t left = extent.size - std::min(offset, extent.size);
        return recording.read(extent.offset + offset,
                              into.first(std::min<std::uint64_t>(into.size(), left)));
    };
    return request;
}

Stored put(HttpClient& client, const Settings& settings, const Destination& to,
           const Payload& payload, std::chrono::system_clock::time_point now) {
    HttpResponse response;
    try {
        response = client.send(put_request(settings, to, payload, now));
    } catch (const TransportError& error) {
        throw unreachable(to, error);
    }
    if (response.status < 200 || response.status > 299) throw refused(to, response);
    const std::string etag = unquoted(printable(response.header("ETag")));
    if (etag.empty()) {
        // S3 gives every object an ETag; a proxy's or a portal's friendly 200 has none.
        throw Failure(
            Status::bad_gateway, "What answered in S3's place is not S3.",
            "PUT " + object_url(to) + ": " + std::to_string(response.status) + " without an ETag");
    }
    return {.bucket = to.bucket,
            .key = to.key,
            .size = payload.extent.size,
            .content_type = to.content_type,
            .etag = etag,
            .url = to.address.url,
            .s3_request_id = printable(response.header("x-amz-request-id"))};
}

}  // namespace s3drop
