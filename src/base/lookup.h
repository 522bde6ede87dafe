// How the program reads a setting by its name: the environment, or the environment over a file.
#pragma once

#include <functional>
#include <string>

namespace s3drop {

// Returns the value of the setting of that name, "" if it is not set.
using Lookup = std::function<std::string(const std::string&)>;

}  // namespace s3drop
