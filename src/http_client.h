// One HTTP request out, one response back. The seam between the program and the network:
// curl_client sends for real, the tests record.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "name_value.h"

namespace s3drop {

struct HttpRequest {
    std::string method;  // only a PUT has a body
    std::string url;     // encoded; sent as it is, not normalised
    Headers headers;
    std::uint64_t body_size = 0;
    // Fills the buffer from an offset of the body, wholly but at the body's end. May be asked for
    // the same bytes again, where a kept connection turns out to be dead. May throw: the request is
    // then broken off and send() throws the same.
    std::function<std::size_t(std::uint64_t, std::span<char>)> body;
};

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body;  // at most HttpClient::max_response_body bytes; what is beyond is dropped

    // The value of a header, "" where there is none. The name in any case.
    std::string header(std::string_view name) const;
};

// No response came. what() is for the log.
class TransportError : public std::runtime_error {
  public:
    enum class Kind { unreachable, untrusted, timed_out, broken };

    TransportError(Kind fault, const std::string& text) : std::runtime_error(text), kind(fault) {}

    Kind kind;
};

class HttpClient {
  public:
    static constexpr std::size_t max_response_body = 16UL * 1024;

    HttpClient() = default;
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    virtual ~HttpClient() = default;

    // Blocks until the final response. Throws TransportError, and what request.body threw.
    virtual HttpResponse send(const HttpRequest& request) = 0;
};

}  // namespace s3drop
