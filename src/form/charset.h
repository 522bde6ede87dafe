// The character sets in which senders encode names.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace s3drop {

// The text in UTF-8. `charset`, in any case: UTF-8, US-ASCII, ISO-8859-1 or windows-1252. Returns
// nullopt for another one, and for a byte that the charset does not define. Bytes in UTF-8 are
// returned as they are, without a check.
std::optional<std::string> utf8_of(std::string_view charset, std::string_view bytes);

}  // namespace s3drop
