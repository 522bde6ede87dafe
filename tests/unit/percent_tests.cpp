#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "base/percent.h"

using s3drop::percent_decode;
using s3drop::uri_encode;

BOOST_AUTO_TEST_SUITE(percent)

BOOST_AUTO_TEST_CASE(unreserved_characters_are_kept) {
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    BOOST_TEST(uri_encode(unreserved, false) == unreserved);
}

BOOST_AUTO_TEST_CASE(every_other_byte_is_encoded_in_upper_case) {
    std::size_t kept = 0;
    for (int byte = 0; byte < 256; ++byte) {
        const std::string encoded = uri_encode(std::string(1, static_cast<char>(byte)), false);
        if (encoded.size() == 1) {
            ++kept;
            continue;
        }
        std::array<char, 4> expected{};
        std::snprintf(expected.data(), expected.size(), "%%%02X", static_cast<unsigned>(byte));
        BOOST_TEST(encoded == expected.data());
    }
    BOOST_TEST(kept == 66U);
}

BOOST_AUTO_TEST_CASE(space_is_percent_20_and_plus_is_percent_2b) {
    BOOST_TEST(uri_encode("a b+c", false) == "a%20b%2Bc");
}

BOOST_AUTO_TEST_CASE(characters_that_other_encoders_keep_are_encoded) {
    BOOST_TEST(uri_encode("!*'();:@&=+$,?#[]", true) ==
               "%21%2A%27%28%29%3B%3A%40%26%3D%2B%24%2C%3F%23%5B%5D");
}

BOOST_AUTO_TEST_CASE(slash_is_kept_only_on_request) {
    BOOST_TEST(uri_encode("//a/b", true) == "//a/b");
    BOOST_TEST(uri_encode("//a/b", false) == "%2F%2Fa%2Fb");
}

BOOST_AUTO_TEST_CASE(utf_8_is_encoded_byte_by_byte) {
    BOOST_TEST(uri_encode("ü🎉", false) == "%C3%BC%F0%9F%8E%89");
}

BOOST_AUTO_TEST_CASE(encoded_text_is_encoded_again) {
    BOOST_TEST(uri_encode("%41", false) == "%2541");
}

BOOST_AUTO_TEST_CASE(every_byte_comes_back) {
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all += static_cast<char>(byte);
    BOOST_TEST(percent_decode(uri_encode(all, false)).value() == all);
    BOOST_TEST(percent_decode(uri_encode(all, true)).value() == all);
}

BOOST_AUTO_TEST_CASE(empty_text) {
    BOOST_TEST(uri_encode("", false).empty());
    BOOST_TEST(percent_decode("").value().empty());
}

BOOST_AUTO_TEST_CASE(escapes_of_either_case_are_decoded) {
    BOOST_TEST(percent_decode("%c3%BC%2fx").value() == "ü/x");
}

BOOST_AUTO_TEST_CASE(plus_stands_for_itself) {
    BOOST_TEST(percent_decode("a+b").value() == "a+b");
}

BOOST_AUTO_TEST_CASE(decoded_once_only) {
    BOOST_TEST(percent_decode("%2541").value() == "%41");
}

BOOST_AUTO_TEST_CASE(escaped_nul_is_a_byte) {
    BOOST_TEST(percent_decode("a%00b").value() == std::string_view("a\0b", 3));
}

BOOST_AUTO_TEST_CASE(bad_escapes_are_refused) {
    for (const std::string_view text : {"%", "%4", "a%", "a%4", "%%41", "%4g", "%g4", "% 1", "%+1",
                                        "%-1", "100% sure", "%u00FC", "%41%"})
        BOOST_TEST(!percent_decode(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
