#include "rules/policy.h"

#include <algorithm>

#include "base/decimal.h"
#include "base/failure.h"
#include "base/text.h"
#include "form/part_headers.h"
#include "rules/origin.h"

namespace s3drop {

namespace {

constexpr const char* default_type = "application/octet-stream";
constexpr std::size_t longest_type = 255;  // RFC 6838 section 4.2 allows 127 for each half

std::optional<std::uint64_t> content_length(std::string_view text) {
    if (text.empty()) return std::nullopt;
    if (!is_decimal(text)) throw Failure(Status::bad_request, "CONTENT_LENGTH is no length.");
    constexpr std::size_t most_digits = 18;
    const auto length = parse_decimal(text, most_digits);
    if (!length) throw Failure(Status::content_too_large, "The upload is larger than any limit.");
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

// The endpoint, with a host in place of its own; nothing where the operator does not allow it.
// A port that is not named is the endpoint's, in the form as in the list.
std::optional<Endpoint> endpoint_at(const Settings& settings, const std::string& named) {
    Endpoint endpoint = settings.endpoint;
    const auto asked = parse_host(named);
    if (!asked) return std::nullopt;
    const std::string own_port = default_port(endpoint.scheme);
    const std::string endpoint_port = endpoint.port.empty() ? own_port : endpoint.port;
    const auto port = [&](const HostAndPort& host) {
        return host.port.empty() ? endpoint_port : host.port;
    };
    const auto allows = [&](const HostAndPort& pattern) {
        return matches_glob(pattern.host, asked->host) && port(pattern) == port(*asked);
    };
    const bool is_endpoint = asked->host == endpoint.host && port(*asked) == endpoint_port;
    if (is_endpoint) return endpoint;
    if (std::none_of(settings.hosts.begin(), settings.hosts.end(), allows)) return std::nullopt;
    endpoint.host = asked->host;
    endpoint.port = port(*asked) == own_port ? "" : port(*asked);
    return endpoint;
}

Endpoint allowed_endpoint(const Settings& settings, const std::string& named) {
    if (named.empty()) return settings.endpoint;
    const auto endpoint = endpoint_at(settings, named);
    if (!endpoint) {
        throw Failure(Status::forbidden,
                      "Uploads to the host " + quoted(named) + " are not allowed here.");
    }
    return *endpoint;
}

// The type as it is sent to S3; what is no media type (RFC 9110 section 8.3.1) is refused.
std::string allowed_type(const Settings& settings, const FormFile& file) {
    std::string type = file.content_type.empty() ? default_type : file.content_type;
    const std::string essence = lower_case(trim(type.substr(0, type.find(';'))));
    const std::size_t slash = std::min(essence.find('/'), essence.size());
    if (!is_token(essence.substr(0, slash)) || slash == essence.size() ||
        !is_token(essence.substr(slash + 1)) || type.size() > longest_type || !is_utf8(type) ||
        has_control_characters(type)) {
        throw Failure(Status::bad_request, quoted(type) + " is no content type.");
    }
    const auto allows = [&](const std::string& glob) { return matches_glob(glob, essence); };
    if (!settings.types.empty() &&
        std::none_of(settings.types.begin(), settings.types.end(), allows)) {
        throw Failure(Status::unsupported_media_type,
                      "Files of type " + quoted(essence) + " are not allowed here.");
    }
    return type;
}

std::string object_name(const Form& form, const FormFile& file) {
    if (form.file_name.empty()) return std::string(last_component(file.name));
    if (form.files.size() > 1) {
        throw Failure(Status::bad_request, "file_name can name one file, but the form holds " +
                                               std::to_string(form.files.size()) +
                                               ": leave it empty.");
    }
    return form.file_name;
}

}  // namespace

RequestHead admit(const Settings& settings, const Request& request) {
    if (!admits(settings.origins, request)) throw foreign_page(request);
    RequestHead head;
    head.user = request.variable("REMOTE_USER");
    if (settings.require_user && head.user.empty()) {
        throw Failure(Status::forbidden, "Sign in first.");
    }
    head.length = content_length(request.variable("CONTENT_LENGTH"));
    if (head.length && *head.length > settings.max_size) {
        throw Failure(Status::content_too_large, "The upload has " + std::to_string(*head.length) +
                                                     " bytes, the limit is " +
                                                     std::to_string(settings.max_size) + ".");
    }
    if (head.length && *head.length == 0) {
        throw Failure(Status::bad_request,
                      "The request has no body. If a file was sent, a limit of the web server cut "
                      "it off (Apache: LimitRequestBody).");
    }
    head.content_type = request.variable("CONTENT_TYPE");
    return head;
}

Destination destination(const Settings& settings, const Form& form, const FormFile& file,
                        const KeyContext& context) {
    Destination place;
    place.bucket = allowed_bucket(settings, form.bucket);
    const Endpoint endpoint = allowed_endpoint(settings, form.host);
    const std::string region = region_of(endpoint.host);
    place.region = region.empty() ? settings.region : region;
    place.content_type = allowed_type(settings, file);
    place.key = settings.key.key({.name = object_name(form, file),
                                  .date = context.date,
                                  .uuid = context.uuid,
                                  .user = context.user});
    place.address = address_of(endpoint, settings.addressing, place.bucket, place.key);
    return place;
}

// With the bucket in the host's name, S3 names it there too.
std::optional<Destination> moved(const Settings& settings, const Destination& to,
                                 const std::string& host, const std::string& region) {
    Destination place = to;
    if (!host.empty()) {
        const bool with_bucket = host.starts_with(to.bucket + ".");
        const auto endpoint =
            endpoint_at(settings, with_bucket ? host.substr(to.bucket.size() + 1) : host);
        if (!endpoint) return std::nullopt;
        place.address = address_of(*endpoint, settings.addressing, to.bucket, to.key);
        const std::string named = region_of(endpoint->host);
        if (!named.empty()) place.region = named;
    }
    if (!region.empty()) {
        if (!is_region(region)) return std::nullopt;
        place.region = region;
    }
    const bool same = place.address.url == to.address.url && place.region == to.region;
    return same ? std::nullopt : std::optional(place);
}

}  // namespace s3drop
