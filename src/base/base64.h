// Base64 (RFC 4648 section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace s3drop {

// The bytes. Returns nullopt for text that no encoder writes: other characters (also line breaks
// and the URL alphabet's - and _), missing padding, or unused bits that are not zero.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace s3drop
