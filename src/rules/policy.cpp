#include "rules/policy.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/failure.h"
#include "base/text.h"
#include "rules/cross_origin.h"
#include "rules/partial_request.h"

namespace s3drop {

namespace {

constexpr const char* default_type = "application/octet-stream";
constexpr std::size_t longest_type = 255;  // RFC 6838 section 4.2: 127 for each half

std::optional<std::uint64_t> content_length(std::string_view text) {
    if (text.empty()) return std::nullopt;
    if (!is_decimal(text)) throw Failure(Status::bad_request, "CONTENT_LENGTH is not a number.");
    constexpr std::size_t most_digits = 18;
    const auto length = parse_decimal(text, most_digits);
    if (!length) throw Failure(Status::content_too_large, "The upload is too large.");
    return length;
}

const std::string& allowed_bucket(const Settings& settings, const std::string& named) {
    if (named.empty()) return settings.buckets.front();
    const auto found = std::find(settings.buckets.begin(), settings.buckets.end(), named);
    if (found == settings.buckets.end()) {
        throw Failure(Status::forbidden,
                      "Uploads to the bucket " + quoted(named) + " are not allowed here.");
    }
    return *found;
}

Endpoint allowed_endpoint(const Settings& settings, const std::string& named) {
    if (named.empty()) return settings.access.endpoint;
    const auto endpoint = endpoint_at(settings.access, named);
    if (!endpoint) {
        throw Failure(Status::forbidden,
                      "Uploads to the host " + quoted(named) + " are not allowed here.");
    }
    return *endpoint;
}

// The type as it is sent to S3. Refuses anything that is not a media type (RFC 9110 section 8.3.1).
std::string allowed_type(const Settings& settings, const std::string& named) {
    std::string type = named.empty() ? default_type : named;
    const std::string essence = lower_case(trim(type.substr(0, type.find(';'))));
    const std::size_t slash = std::min(essence.find('/'), essence.size());
    if (!is_token(essence.substr(0, slash)) || slash == essence.size() ||
        !is_token(essence.substr(slash + 1)) || type.size() > longest_type || !is_utf8(type) ||
        has_control_characters(type)) {
        throw Failure(Status::bad_request, quoted(type) + " is not a valid content type.");
    }
    const auto allows = [&](const std::string& glob) { return matches_glob(glob, essence); };
    if (!settings.types.empty() &&
        std::none_of(settings.types.begin(), settings.types.end(), allows)) {
        throw Failure(Status::unsupported_media_type,
                      "Files of type " + quoted(essence) + " are not allowed here.");
    }
    return type;
}

// RFC 9110 section 15.5.16.
Failure encoding_not_allowed(std::string_view encodings) {
    Failure failure(Status::unsupported_media_type,
                    "The request body is encoded (Content-Encoding: " + printable(encodings) +
                        "). Send the form as it is, without Content-Encoding.");
    failure.refuses_encoding = true;
    return failure;
}

bool is_encoded(std::string_view encodings) {
    const std::vector<std::string> all = split(encodings, ',');
    return std::any_of(all.begin(), all.end(), [](const std::string& each) {
        return !equal_ignoring_case(each, "identity");
    });
}

}  // namespace

RequestHead admit(const Settings& settings, const Request& request) {
    if (!page_may_upload(settings.origins, request)) throw page_not_allowed(request);
    RequestHead head;
    head.user = request.variable("REMOTE_USER");
    if (settings.require_user && head.user.empty()) {
        throw Failure(Status::forbidden, "Log in first.");
    }
    const std::string_view encodings = request.variable("HTTP_CONTENT_ENCODING");
    if (is_encoded(encodings)) throw encoding_not_allowed(encodings);
    head.partial = partial_request(request);
    head.length = content_length(request.variable("CONTENT_LENGTH"));
    if (head.length && *head.length > settings.max_size) {
        throw Failure(Status::content_too_large, "The upload has " + std::to_string(*head.length) +
                                                     " bytes; the limit is " +
                                                     std::to_string(settings.max_size) + ".");
    }
    if (head.length && *head.length == 0) {
        throw Failure(Status::bad_request,
                      "The request has no body. If a file was sent, it exceeded a limit of the web "
                      "server (Apache: LimitRequestBody).");
    }
    head.content_type = request.variable("CONTENT_TYPE");
    return head;
}

Destination destination_of(const Settings& settings, const Requested& requested,
                           const KeyContext& context) {
    Destination destination;
    destination.bucket = allowed_bucket(settings, requested.bucket);
    const Endpoint endpoint = allowed_endpoint(settings, requested.host);
    const std::string region = region_of(endpoint.host);
    destination.region = region.empty() ? settings.access.region : region;
    destination.content_type = allowed_type(settings, requested.content_type);
    destination.key = settings.key.key(
        {.name = requested.name, .date = context.date, .uuid = context.uuid, .user = context.user});
    destination.address =
        address_of(endpoint, settings.access.addressing, destination.bucket, destination.key);
    destination.may_overwrite = settings.overwrite;
    return destination;
}

}  // namespace s3drop
