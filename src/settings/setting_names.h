// Texts about settings: which name was probably meant, and what can be shown without revealing a
// secret.
#pragma once

#include <string>
#include <vector>

namespace s3drop {

// The one of `names` that a mistyped `name` probably means, "" if none is similar.
std::string nearest_name(const std::string& name, const std::vector<std::string>& names);

// The message for a name in a settings file that is not one of `names`. Suggests the one that was
// probably meant. Leaves out a `name` that may be part of a secret.
std::string unknown_setting(const std::string& name, const std::vector<std::string>& names);

// "NAME=value" for messages, or only "NAME" if the value may contain a secret: a password or a
// signature in a URL, or a key in a header.
std::string redacted(const std::string& name, const std::string& value);

}  // namespace s3drop
