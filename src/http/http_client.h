// One HTTP request out, one response back: the interface between the program and the network.
// curl_client implements it with libcurl; tests use clients that record requests.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/name_value.h"

namespace s3drop {

struct HttpRequest {
    // Longer than any S3 response except listings.
    static constexpr std::size_t default_max_response_body = 16UL * 1024;

    std::string method;
    std::string url;  // encoded; sent as it is, not normalised
    Headers headers;
    // Any method but HEAD may have a body. Without one, PUT and POST send Content-Length: 0 and
    // the other methods send no Content-Length.
    std::uint64_t body_size = 0;
    // Writes bytes of the body, from an offset on, and returns how many: at least one, 0 only at
    // its end. It may be called from the beginning again, if a kept connection turns out to be
    // dead. If it throws, send() breaks off the request and throws the same exception.
    std::function<std::size_t(std::uint64_t, std::span<char>)> body;
    // In bytes. A longer response is marked HttpResponse::cut_short.
    std::size_t max_response_body = default_max_response_body;
    // The longest time without progress, and for the whole response. Unset: the client's own.
    std::optional<std::chrono::seconds> timeout = {};
};

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body;
    bool early = false;  // it came before the request's body had been sent to its end
    // The request may already have been sent once, on a kept connection that broke without a
    // response.
    bool resent = false;
    // The body was longer than the request's max_response_body. Status and headers are valid; the
    // body is empty, so that a truncated body cannot be mistaken for a complete one.
    bool cut_short = false;

    // The body, for callers that need it. Throws TransportError if it was cut short.
    const std::string& whole_body() const;

    // The value of a header, "" if there is none. Upper and lower case of the name do not matter.
    std::string header(std::string_view name) const;

    // The Date header; nullopt if it is missing or invalid.
    std::optional<std::chrono::system_clock::time_point> date() const;
};

// No response came, or not all of it. what() is for the log.
class TransportError : public std::runtime_error {
  public:
    enum class Kind { unreachable, untrusted, timed_out, broken };

    TransportError(Kind fault, const std::string& text, bool sent_whole = true)
        : std::runtime_error(text), kind(fault), all_sent(sent_whole) {}

    Kind kind;
    bool all_sent;  // the whole request was sent, as far as this side can tell
};

class HttpClient {
  public:
    static constexpr std::size_t max_response_headers = 16UL * 1024;

    HttpClient() = default;
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    virtual ~HttpClient() = default;

    // Blocks until the final response has come. Does not follow redirects. Throws TransportError,
    // also if the connection ends before the response does, and what request.body threw. Time spent
    // in request.body does not count against the timeout.
    virtual HttpResponse send(const HttpRequest& request) = 0;
};

}  // namespace s3drop
