// How the program looks up a setting: in the environment, or in the environment and then in a file.
#pragma once

#include <functional>
#include <string>

namespace s3drop {

// Returns the value of the setting of that name, "" if it is not set.
using Lookup = std::function<std::string(const std::string&)>;

}  // namespace s3drop
