// Serves one request: does what its method asks for, and sends exactly one reply.
//
// Every Failure that ends a request is caught here, logged, and rendered by reply.cpp.
#pragma once

#include <string>

#include "s3/world.h"
#include "settings/settings.h"
#include "web/request.h"

namespace s3drop {

// Reads the request, does what it asks for and writes the reply. Throws nothing that the request
// can cause. The caller reads any unread rest of the body.
void serve(Request& request, const Settings& settings, const World& world);

// Replies 500, because the settings are missing or wrong. `problems`: for the log only.
void serve_unconfigured(Request& request, const std::string& problems, const World& world);

}  // namespace s3drop
