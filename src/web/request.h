// One request from the web server: variables, a body to read, a reply to write.
//
// FastCGI (fastcgi.cpp), CGI (cgi.cpp) and the tests implement it; nothing else in the program
// knows which one it has. A Request lives until its reply has been passed to the web server.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace s3drop {

// A regular file that contains the body from `offset` on. Borrowed: the Request owns the
// descriptor.
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

    // The CGI meta-variable (RFC 3875 section 4.1), empty if it is not set. Valid as long as the
    // Request.
    virtual std::string_view variable(const char* name) const = 0;

    // Reads up to into.size() bytes of the body, blocking; 0 at its end. If the connection to the
    // client breaks, the bytes that came before that are returned first, and the next call throws
    // Failure(bad_request). Nothing is read after a Failure.
    virtual std::size_t read(std::span<char> into) = 0;

    // Whether the client may still be sending the body, because not all of it has been read. The
    // web server then closes the connection after the reply.
    virtual bool body_is_unread() const = 0;

    // The file that contains the body; nullopt if the web server passes the body through a pipe.
    virtual std::optional<BodyFile> body_file() const = 0;

    // Passes the whole reply to the web server. It is not an error if the client is gone: nobody is
    // left to be told.
    virtual void write(std::string_view reply) = 0;
};

// body_is_unread(), for a body of which `read` bytes have been read. Without a CONTENT_LENGTH there
// is a body if the request is a POST, and `ended` says whether its end has been read.
bool is_unread(const Request& request, std::uint64_t read, bool ended);

}  // namespace s3drop
