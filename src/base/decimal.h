// Decimal numbers in text: digits only, without a sign or spaces. Independent of the locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace s3drop {

// Whether the text is a decimal number, however large.
bool is_decimal(std::string_view text);

// The number. Returns nullopt if the text is not decimal, has more than `most_digits` digits
// (leading zeros count) or is larger than 64 bits can hold.
std::optional<std::uint64_t> parse_decimal(std::string_view text, std::size_t most_digits = 20);

}  // namespace s3drop
