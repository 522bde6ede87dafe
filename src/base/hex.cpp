#include "base/hex.h"

#include <algorithm>
#include <charconv>

namespace s3drop {

std::string hex(std::span<const unsigned char> bytes) {
    std::string text(2 * bytes.size(), '\0');
    auto end = text.begin();
    for (const unsigned char byte : bytes) {
        const std::array<char, 2> pair = hex_pair(byte);
        end = std::copy(pair.begin(), pair.end(), end);
    }
    return text;
}

std::string hex_number(std::uint64_t number, std::size_t width) {
    std::array<char, 16> digits{};
    const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    const auto count = static_cast<std::size_t>(end - digits.data());
    std::string text(width - std::min(width, count), '0');
    return text.append(digits.data(), count);
}

std::optional<std::uint64_t> parse_hex(std::string_view text) {
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, number, 16);
    return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(number) : std::nullopt;
}

}  // namespace s3drop
