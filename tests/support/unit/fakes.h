// Stand-ins for the outside of the program, for tests without sockets: a request from memory that
// can trickle, break off or never end, and an HTTP client that records what it is asked to send.
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
    std::optional<BodyFile> body_file() const override { return file; }
    void write(std::string_view text) override { reply += text; }

    std::map<std::string, std::string, std::less<>> variables;
    std::string body;
    std::size_t per_read = std::numeric_limits<std::size_t>::max();  // bytes given at a time
    // The connection breaks after so many bytes: once they have been read, read() throws.
    std::optional<std::size_t> breaks_at;
    std::size_t endless = 0;       // so many bytes of filler follow the body
    std::optional<BodyFile> file;  // if set, read() goes to it
    std::size_t given = 0;         // bytes
    std::size_t reads = 0;
    std::string reply;
};

class FakeClient final : public HttpClient {
  public:
    struct Sent {
        HttpRequest request;
        std::string body;  // what request.body gave, read in pieces as libcurl does

        std::string header(std::string_view name) const;  // "" where it was not sent
    };

    HttpResponse send(const HttpRequest& request) override;

    std::vector<Sent> sent;
    std::size_t begun = 0;  // requests, those whose body broke off included
    // How much of the next request's body is taken before the answer; by default all of it.
    std::function<std::uint64_t(const HttpRequest&)> takes;
    // The answer to each request in turn; by default 200 with an ETag. May throw TransportError.
    std::function<HttpResponse(const Sent&)> answer;
};

}  // namespace s3drop::test
