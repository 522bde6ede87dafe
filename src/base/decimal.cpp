#include "base/decimal.h"

#include <algorithm>
#include <charconv>

namespace s3drop {

bool is_decimal(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return '0' <= c && c <= '9'; });
}

std::optional<std::uint64_t> parse_decimal(std::string_view text, std::size_t most_digits) {
    if (!is_decimal(text) || text.size() > most_digits) return std::nullopt;
    std::uint64_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    return parsed.ec == std::errc() ? std::optional(number) : std::nullopt;
}

}  // namespace s3drop
