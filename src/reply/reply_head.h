// The header section of a reply, as CGI and FastCGI hand it to the web server (RFC 3875
// section 6.3): lines that end in CR LF. The caller adds the blank line.
#pragma once

#include <string>
#include <string_view>

#include "base/failure.h"
#include "rules/cross_origin.h"

namespace s3drop {

// What every reply begins with. `content_type`: "" for a reply without a body. There is no
// Content-Length: the web server adds it, or compresses the body.
std::string head(Status status, std::string_view content_type);

// Vary, "" if the reply depends on neither.
std::string vary(bool with_accept, bool with_origin);

// Whose scripts may read the reply, and which of its headers (WHATWG Fetch, "CORS protocol").
std::string leave_to_read(const CrossOrigin& cross);

// What those scripts may send.
std::string leave_to_send(const CrossOrigin& cross);

}  // namespace s3drop
