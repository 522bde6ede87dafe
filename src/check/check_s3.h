// The second half of a check: from the endpoint's host name to an object in the bucket. Stops at
// the first step that fails, because the later ones would fail too.
#pragma once

#include "check/context.h"
#include "check/report.h"

namespace s3drop {

// Adds a line for each step that was tried: name, connection (with TLS), clock, signature, write,
// delete.
void check_s3(const Settings& settings, const CheckContext& context, HttpClient& client,
              CheckReport& report);

}  // namespace s3drop
