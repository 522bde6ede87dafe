// Hexadecimal text. Written in lower case unless the caller asks for upper case; read in either
// case.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace s3drop {

inline constexpr std::string_view hex_digits = "0123456789abcdef";
inline constexpr std::string_view upper_hex_digits = "0123456789ABCDEF";

// The two digits of a byte, high digit first.
constexpr std::array<char, 2> hex_pair(unsigned char byte, std::string_view digits = hex_digits) {
    return {digits[byte >> 4U], digits[byte & 0x0FU]};
}

// Two digits for each byte.
std::string hex(std::span<const unsigned char> bytes);

// The number, padded with zeros to at least `width` digits.
std::string hex_number(std::uint64_t number, std::size_t width = 1);

// The value of a digit; -1 if c is not a hexadecimal digit.
constexpr int hex_value(char c) {
    if ('0' <= c && c <= '9') return c - '0';
    if ('A' <= c && c <= 'F') return c - 'A' + 10;
    if ('a' <= c && c <= 'f') return c - 'a' + 10;
    return -1;
}

// The number: digits only, without 0x, a sign or spaces. Returns nullopt for other text and for a
// number larger than 64 bits can hold.
std::optional<std::uint64_t> parse_hex(std::string_view text);

}  // namespace s3drop
