// The exception for a request that cannot be fulfilled: it says why.
//
// A Failure is thrown where the fault is detected. If it ends a request, upload/serve.cpp catches
// it, logs it, and has reply/reply.cpp render it. Three modules catch a Failure before that:
//   - form/incoming_file keeps it if the disk is full while the file is already being sent to S3;
//   - upload/form_upload keeps that of a PUT that was started early, until the rest of the form has
//     shown whether it was the right PUT, and drops that of a destination which a later field can
//     still correct;
//   - s3/delivery replaces it if the object may be stored although an attempt's response was lost.
//
// `detail` is for the user: it must not contain secrets, paths on the server, or the text of other
// exceptions. `private_detail` is for the log only.
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace s3drop {

enum class Status {
    ok = 200,
    created = 201,
    no_content = 204,
    see_other = 303,
    bad_request = 400,
    forbidden = 403,
    method_not_allowed = 405,
    conflict = 409,
    length_required = 411,
    content_too_large = 413,
    unsupported_media_type = 415,
    internal_error = 500,
    bad_gateway = 502,
    service_unavailable = 503,
    gateway_timeout = 504,
    insufficient_storage = 507,
};

// The reason phrase, from RFC 9110 section 15.
constexpr const char* reason(Status status) {
    switch (status) {
        case Status::ok:
            return "OK";
        case Status::created:
            return "Created";
        case Status::no_content:
            return "No Content";
        case Status::see_other:
            return "See Other";
        case Status::bad_request:
            return "Bad Request";
        case Status::forbidden:
            return "Forbidden";
        case Status::method_not_allowed:
            return "Method Not Allowed";
        case Status::conflict:
            return "Conflict";
        case Status::length_required:
            return "Length Required";
        case Status::content_too_large:
            return "Content Too Large";
        case Status::unsupported_media_type:
            return "Unsupported Media Type";
        case Status::internal_error:
            return "Internal Server Error";
        case Status::bad_gateway:
            return "Bad Gateway";
        case Status::service_unavailable:
            return "Service Unavailable";
        case Status::gateway_timeout:
            return "Gateway Timeout";
        case Status::insufficient_storage:
            return "Insufficient Storage";
    }
    return "";
}

// What S3's error response says. Each field may be empty.
struct S3Error {
    std::string code;
    std::string message;
    std::string request_id;
    std::string endpoint = {};  // the host to send the S3 request to instead
    std::string region = {};    // the region to sign it for
};

// The text, or "-" if it is empty.
inline std::string or_dash(const std::string& text) {
    return text.empty() ? "-" : text;
}

class Failure : public std::exception {
  public:
    Failure(Status code, std::string told, std::string logged = {})
        : status(code), detail(std::move(told)), private_detail(std::move(logged)) {}

    const char* what() const noexcept override { return detail.c_str(); }

    Status status;
    std::string detail;
    std::string private_detail;
    std::optional<S3Error> s3;      // set if S3 sent a code or a request id
    int retry_after = 0;            // seconds; 0: send no Retry-After
    bool refuses_encoding = false;  // the reply says that a body must not be encoded
};

}  // namespace s3drop
