#include "form/charset.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace s3drop {

namespace {

// The code points of the bytes 0x80 to 0x9F in windows-1252, as Unicode's CP1252.TXT has them; 0 if
// the byte is undefined. The other bytes are those of ISO-8859-1.
constexpr std::array<char16_t, 32> windows_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_utf8(std::string& text, unsigned code_point) {
    const auto append = [&](unsigned byte) { text += static_cast<char>(byte); };
    if (code_point < 0x80) {
        append(code_point);
    } else if (code_point < 0x800) {
        append(0xC0U | code_point >> 6U);
        append(0x80U | (code_point & 0x3FU));
    } else {
        append(0xE0U | code_point >> 12U);
        append(0x80U | (code_point >> 6U & 0x3FU));
        append(0x80U | (code_point & 0x3FU));
    }
}

std::string utf8_of_latin1(std::string_view bytes) {
    std::string text;
    for (const char c : bytes)
        append_utf8(text, static_cast<unsigned char>(c));
    return text;
}

std::optional<std::string> utf8_of_windows_1252(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        unsigned code_point = static_cast<unsigned char>(c);
        if (0x80 <= code_point && code_point <= 0x9F) code_point = windows_1252[code_point - 0x80];
        if (code_point == 0 && c != '\0') return std::nullopt;
        append_utf8(text, code_point);
    }
    return text;
}

std::optional<std::string> utf8_of_ascii(std::string_view bytes) {
    const bool is_ascii = std::all_of(bytes.begin(), bytes.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return is_ascii ? std::optional<std::string>(bytes) : std::nullopt;
}

}  // namespace

std::optional<std::string> utf8_of(std::string_view charset, std::string_view bytes) {
    if (equal_ignoring_case(charset, "UTF-8")) return std::string(bytes);
    if (equal_ignoring_case(charset, "US-ASCII")) return utf8_of_ascii(bytes);
    if (equal_ignoring_case(charset, "ISO-8859-1")) return utf8_of_latin1(bytes);
    if (equal_ignoring_case(charset, "windows-1252")) return utf8_of_windows_1252(bytes);
    return std::nullopt;
}

}  // namespace s3drop
