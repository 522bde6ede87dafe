// The header section of a reply, as CGI and FastCGI hand it to the web server (RFC 3875
// section 6.3): lines that end in CR LF. The caller adds the blank line.
#pragma once

#include <string>
#include <string_view>

#include "base/failure.h"
#include "rules/cross_origin.h"

namespace s3drop {

// The headers that every reply begins with. `content_type`: "" for a reply without a body. There is
// no Content-Length, because the web server adds it, or compresses the body.
// `closes`: the web server will close the connection, and has to announce it (RFC 9112
// section 9.6): a client that reuses connections would otherwise lose its next request.
std::string head(Status status, std::string_view content_type, bool closes);

// Vary, "" if the reply depends on neither. A reply in a format that was chosen varies with Accept,
// and one that scripts of only some origins may read varies with Origin.
std::string vary(bool with_accept, bool with_origin);

// Access-Control-*: the origin whose scripts may read the reply, and which of its headers they may
// read (WHATWG Fetch, "CORS protocol"). "" for none.
std::string cors_headers(const CrossOrigin& cross);

// Access-Control-*, in the reply to a preflight: what those scripts may send. "" for nothing.
std::string preflight_headers(const CrossOrigin& cross);

}  // namespace s3drop
