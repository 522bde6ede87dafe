// One request, answered: by its method, and with the one reply, whatever comes of it.
//
// Every Failure that ends a request is caught here, logged, and rendered by reply.cpp.
#pragma once

#include <string>

#include "s3/world.h"
#include "settings/settings.h"
#include "web/request.h"

namespace s3drop {

// Reads the request, does what it asks for and writes the reply. Throws nothing that is due to the
// request, and leaves the unread rest of the body to the caller.
void serve(Request& request, const Settings& settings, const World& world);

// Answers every upload with 500: the settings are missing or wrong.
void serve_unconfigured(Request& request, const std::string& problems, const World& world);

}  // namespace s3drop
