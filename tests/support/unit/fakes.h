// Fakes of the program's surroundings, for tests without sockets: a request from memory that can
// trickle, break off or never end, and an HTTP client that records what it is asked to send.
#pragma once

#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "http/http_client.h"
#include "web/request.h"

namespace s3drop::test {

class FakeRequest final : public Request {
  public:
    FakeRequest() = default;
    explicit FakeRequest(std::string content) : body(std::move(content)) {}

    std::string_view variable(const char* name) const override;
    std::size_t read(std::span<char> into) override;
    bool body_is_unread() const override { return !file && is_unread(*this, given, ended); }
    std::optional<BodyFile> body_file() const override { return file; }
    void write(std::string_view text) override { reply += text; }

    std::map<std::string, std::string, std::less<>> variables;
    std::string body;
    std::size_t per_read = std::numeric_limits<std::size_t>::max();  // bytes per read at most
    // The connection breaks after this many bytes: once they have been read, read() throws.
    std::optional<std::size_t> breaks_at;
    std::size_t endless = 0;       // this many bytes of filler follow the body
    std::optional<BodyFile> file;  // if set, read() reads from it
    std::size_t given = 0;         // bytes read so far
    bool ended = false;            // a read returned 0
    std::size_t reads = 0;
    std::string reply;
};

class FakeClient final : public HttpClient {
  public:
    struct Sent {
        HttpRequest request;
        std::string body;  // what request.body returned, read in parts of 16 KiB as libcurl does

        std::string header(std::string_view name) const;  // "" if it was not sent
    };

    HttpResponse send(const HttpRequest& request) override;

    std::vector<Sent> sent;
    std::size_t begun = 0;  // requests, including those whose body broke off
    // How much of the next request's body is read before the response; by default all of it.
    std::function<std::uint64_t(const HttpRequest&)> takes;
    // Returns the response to each request; by default 200 with an ETag. May throw TransportError.
    std::function<HttpResponse(const Sent&)> respond;
};

}  // namespace s3drop::test
