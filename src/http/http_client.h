// One HTTP request out, one response back. The seam between the program and the network:
// curl_client sends for real, the tests record.
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
    // Longer than any response of S3 that is not a listing.
    static constexpr std::size_t default_max_response_body = 16UL * 1024;

    std::string method;
    std::string url;  // encoded; sent as it is, not normalised
    Headers headers;
    // Any method but HEAD may have a body. Without one, PUT and POST send Content-Length: 0 and
    // the other methods send no Content-Length.
    std::uint64_t body_size = 0;
    // Returns the number of bytes it has written from an offset of the body on: at least one, 0
    // only at its end. May be asked to begin again, if a kept connection turns out to be dead. May
    // throw: send() then breaks the request off and throws the same.
    std::function<std::size_t(std::uint64_t, std::span<char>)> body;
    // In bytes. What happens to a longer one: HttpResponse::cut_short.
    std::size_t max_response_body = default_max_response_body;
    // Replaces the client's, for a request that keeps S3 busy for longer than others do.
    std::optional<std::chrono::seconds> timeout = {};
};

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body;
    bool early = false;  // it came before the request's body had been sent to its end
    // The request may have been sent before, on a kept connection that broke without an answer.
    bool resent = false;
    // The body was longer than the request's max_response_body. Status and headers are valid; the
    // body is empty, so that nobody can mistake a part of it for all of it.
    bool cut_short = false;

    // The body, for callers that cannot do without it. Throws TransportError if it was cut short.
    const std::string& whole_body() const;

    // The value of a header, "" where there is none. The name in any case.
    std::string header(std::string_view name) const;

    // Its Date; nothing where there is none.
    std::optional<std::chrono::system_clock::time_point> date() const;
};

// No response came, or not all of it. what() is for the log.
class TransportError : public std::runtime_error {
  public:
    enum class Kind { unreachable, untrusted, timed_out, broken };

    TransportError(Kind fault, const std::string& text, bool sent_whole = true)
        : std::runtime_error(text), kind(fault), all_sent(sent_whole) {}

    Kind kind;
    bool all_sent;  // the whole request had gone, as far as this side can tell
};

class HttpClient {
  public:
    static constexpr std::size_t max_response_headers = 16UL * 1024;

    HttpClient() = default;
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    virtual ~HttpClient() = default;

    // Blocks until the final response. Redirects are not followed. Throws TransportError, also if
    // the connection ends before the response does, and what request.body threw.
    // Time that request.body takes is not held against the server.
    virtual HttpResponse send(const HttpRequest& request) = 0;
};

}  // namespace s3drop
