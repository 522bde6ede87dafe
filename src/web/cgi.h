// The plain CGI role (RFC 3875): one process, one request, in the environment and on standard input
// and output.
#pragma once

#include <functional>

#include "web/request.h"

namespace s3drop {

// Whether this process was started to answer a CGI request.
bool is_cgi();

// Has `serve` answer the one request, and reads what it left of the body.
void run_cgi(const std::function<void(Request&)>& serve);

}  // namespace s3drop
