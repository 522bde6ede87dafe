// One request, answered: the whole way of an upload, to be read from top to bottom in upload.cpp.
#pragma once

#include <string>

#include "s3/world.h"
#include "settings/settings.h"
#include "web/request.h"

namespace s3drop {

// Reads the request, does what it asks for and writes the one reply. Throws nothing that comes of
// the request, and leaves the unread rest of the body to the caller.
void serve(Request& request, const Settings& settings, const World& world);

// Answers every upload with 500: the settings are missing or wrong.
void serve_unconfigured(Request& request, const std::string& problems, const World& world);

}  // namespace s3drop
