// What may be said of a setting: its name where that is mistyped, its value where that is no
// secret.
#pragma once

#include <string>
#include <vector>

namespace s3drop {

// The one of `names` that is meant where `name` is mistyped, "" where none comes close.
std::string nearest_name(const std::string& name, const std::vector<std::string>& names);

// The problem of a file's name that is none of `names`, with the one that may be meant. Shows only
// what cannot be a secret's second half.
std::string no_setting(const std::string& name, const std::vector<std::string>& names);

// A setting as it is shown: without a value that may hold a password or a signature (in a URL) or
// a key (in a header).
std::string shown(const std::string& name, const std::string& value);

}  // namespace s3drop
