// The one value that says why a request, or the start, did not work out.
//
// A Failure is thrown where the fault is seen. One that ends the request is caught in
// upload/serve.cpp, which logs it and has reply/reply.cpp render it. Three steps catch one before
// that:
//   - form/incoming_file keeps it if the disk is full while the file is already on its way to S3;
//   - upload/form_upload keeps that of a PUT begun early, until the rest of the form has shown
//     whether the PUT was the right one;
//   - s3/delivery replaces it if the object may be stored although an attempt's response was lost.
//
// `detail` is for the person at the browser: no secret, no path of the server, no exception text.
// `private_detail` is for the log only.
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

// The reason phrase of RFC 9110 section 15.
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

// What S3 said of its own refusal; each may be empty.
struct S3Error {
    std::string code;
    std::string message;
    std::string request_id;
    std::string endpoint = {};  // where S3 wants the request to go instead
    std::string region = {};    // and for which region it is to be signed
};

// What S3 said, or "-" where it did not say it.
inline std::string or_dash(const std::string& said) {
    return said.empty() ? "-" : said;
}

class Failure : public std::exception {
  public:
    Failure(Status reply, std::string told, std::string logged = {})
        : status(reply), detail(std::move(told)), private_detail(std::move(logged)) {}

    const char* what() const noexcept override { return detail.c_str(); }

    Status status;
    std::string detail;
    std::string private_detail;
    std::optional<S3Error> s3;  // where S3 gave a code or a request id
    int retry_after = 0;        // seconds; 0: say nothing
};

}  // namespace s3drop
