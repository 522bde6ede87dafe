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
    std::string method;  // only a PUT has a body; the response to a HEAD has none
    std::string url;     // encoded; sent as it is, not normalised
    Headers headers;
    std::uint64_t body_size = 0;
    // Gives bytes of the body from an offset on: at least one, 0 only at its end. May be asked to
    // begin again, where a kept connection turns out to be dead. May throw: the request is then
    // broken off and send() throws the same.
    std::function<std::size_t(std::uint64_t, std::span<char>)> body;
};

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body;    // at most HttpClient::max_response_body bytes; what is beyond is dropped
    bool early = false;  // it came before the request's body had been sent to its end
    // The request may have been sent before, on a kept connection that broke without an answer.
    bool resent = false;

    // The value of a header, "" where there is none. The name in any case.
    std::string header(std::string_view name) const;

    // Its Date; nothing where there is none.
    std::optional<std::chrono::system_clock::time_point> date() const;
};

// No response came. what() is for the log.
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
    static constexpr std::size_t max_response_body = 16UL * 1024;
    static constexpr std::size_t max_response_headers = 16UL * 1024;

    HttpClient() = default;
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    virtual ~HttpClient() = default;

    // Blocks until the final response. Throws TransportError, and what request.body threw.
    // Time that request.body takes is not held against the server.
    virtual HttpResponse send(const HttpRequest& request) = 0;
};

}  // namespace s3drop
