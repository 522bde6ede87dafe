// One request as the web server hands it over: variables, a body to read, a reply to write.
//
// FastCGI (fastcgi.cpp), CGI (cgi.cpp) and the tests each give one; nothing else in the program
// knows which. A Request lives from its acceptance until its reply has been handed to the server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace s3drop {

// A regular file that holds the body from `offset` on. Borrowed: the Request owns the descriptor.
struct BodyFile {
    int descriptor;
    std::uint64_t offset;
};

class Request {
  public:
    Request() = default;
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;
    virtual ~Request() = default;

    // The CGI meta-variable (RFC 3875 section 4.1), empty where it is not set.
    // Valid as long as the Request.
    virtual std::string_view variable(const char* name) const = 0;

    // Reads up to into.size() bytes of the body, blocking; 0 at its end. If the connection to the
    // client breaks, the bytes that came before that are returned first, and the next call throws
    // Failure(bad_request). Nothing is read after a Failure.
    virtual std::size_t read(std::span<char> into) = 0;

    // The file that is the body, where the web server gave one and not a pipe.
    virtual std::optional<BodyFile> body_file() const = 0;

    // Hands over the whole reply. A client that is gone is no error here: nobody could be told.
    virtual void write(std::string_view reply) = 0;
};

}  // namespace s3drop
