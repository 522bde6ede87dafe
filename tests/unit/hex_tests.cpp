#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.h"

using namespace s3drop;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(hexadecimal)

BOOST_AUTO_TEST_CASE(every_byte_has_two_digits) {
    std::vector<unsigned char> all;
    std::string lower;
    std::string upper;
    for (unsigned byte = 0; byte < 256; ++byte) {
        all.push_back(static_cast<unsigned char>(byte));
        std::array<char, 3> text{};
        std::snprintf(text.data(), text.size(), "%02x", byte);
        lower += text.data();
        std::snprintf(text.data(), text.size(), "%02X", byte);
        upper += text.data();
    }
    BOOST_TEST(hex(all) == lower);
    std::string pairs;
    for (const unsigned char byte : all) {
        const auto pair = hex_pair(byte, upper_hex_digits);
        pairs.append(pair.data(), pair.size());
    }
    BOOST_TEST(pairs == upper);
    BOOST_TEST(hex({}).empty());
}

BOOST_AUTO_TEST_CASE(numbers) {
    const struct {
        std::uint64_t number;
        std::size_t width;
        const char* text;
    } cases[] = {
        {0, 1, "0"},
        {0, 0, "0"},
        {0xa, 1, "a"},
        {0x10000, 1, "10000"},
        {0x10, 8, "00000010"},
        {0x123456789, 8, "123456789"},
        {UINT64_MAX, 1, "ffffffffffffffff"},
        {UINT64_MAX, 18, "00ffffffffffffffff"},
    };
    for (const auto& each : cases) {
        BOOST_TEST(hex_number(each.number, each.width) == each.text);
        BOOST_TEST(parse_hex(each.text).value() == each.number, each.text);
    }
    BOOST_TEST(hex_number(255) == "ff");
}

BOOST_AUTO_TEST_CASE(values_of_digits) {
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    for (int byte = 0; byte < 256; ++byte) {
        const auto c = static_cast<char>(byte);
        const std::size_t position = digits.find(c);
        const int value = static_cast<int>(position < 16 ? position : position - 6);
        BOOST_TEST(hex_value(c) == (position == std::string_view::npos ? -1 : value), byte);
    }
}

BOOST_AUTO_TEST_CASE(letters_are_read_in_either_case) {
    BOOST_TEST(parse_hex("aBcDeF").value() == 0xABCDEFU);
    BOOST_TEST(parse_hex("0F").value() == 0x0FU);
}

BOOST_AUTO_TEST_CASE(other_text_is_not_a_number) {
    for (const auto text :
         {""sv, " "sv, " 1"sv, "1 "sv, "+1"sv, "-1"sv, "0x1"sv, "x"sv, "g"sv, "1g"sv, "/"sv, ":"sv,
          "@"sv, "`"sv, "1\0"sv, "1\n"sv, "\xFF"sv, "10000000000000000"sv}) {
        BOOST_TEST(!parse_hex(text), text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
