#include "base/percent.h"

#include "base/hex.h"
#include "base/text.h"

namespace s3drop {
namespace {

constexpr bool is_unreserved(char c) {
    return is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string uri_encode(std::string_view text, bool keep_slash) {
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c) || (keep_slash && c == '/')) {
            encoded += c;
            continue;
        }
        const auto digits = hex_pair(static_cast<unsigned char>(c), upper_hex_digits);
        encoded += '%';
        encoded.append(digits.data(), digits.size());
    }
    return encoded;
}

std::optional<std::string> percent_decode(std::string_view text) {
    return decode_escapes(text, '%');
}

std::optional<std::string> decode_escapes(std::string_view text, char escape) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != escape) {
            decoded += text[i];
            continue;
        }
        if (text.size() - i < 3) return std::nullopt;
        const int high = hex_value(text[i + 1]);
        const int low = hex_value(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return decoded;
}

}  // namespace s3drop
