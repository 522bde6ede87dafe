// The plain CGI role (RFC 3875): the process handles one request, which it gets from the
// environment and standard input, and replies on standard output.
#pragma once

#include <functional>

#include "web/request.h"

namespace s3drop {

// Whether this process was started for a CGI request.
bool is_cgi();

// Calls `serve` for the request, then reads what it left of the body.
void run_cgi(const std::function<void(Request&)>& serve);

}  // namespace s3drop
