#include <boost/test/unit_test.hpp>

#include <string>

#include "form/charset.h"

using s3drop::utf8_of;

BOOST_AUTO_TEST_SUITE(charset)

std::string utf8(const std::string& charset, const std::string& bytes) {
    return utf8_of(charset, bytes).value_or("(none)");
}

BOOST_AUTO_TEST_CASE(charsets_in_any_case) {
    BOOST_TEST(utf8("utf-8", "ü€🎉") == "ü€🎉");
    BOOST_TEST(utf8("Us-Ascii", "a\x7F") == "a\x7F");
    BOOST_TEST(utf8("iso-8859-1", "\xFC\x80\xFF") == "ü\xC2\x80ÿ");
    BOOST_TEST(utf8("WINDOWS-1252", "\xFC \x80\x93x\x94\x99 \xFF") == "ü €“x”™ ÿ");
}

BOOST_AUTO_TEST_CASE(all_of_windows_1252_from_128_to_159) {
    BOOST_TEST(utf8("windows-1252",
                    "\x80\x82\x83\x84\x85\x86\x87\x88\x89\x8A\x8B\x8C\x8E"
                    "\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9A\x9B\x9C\x9E\x9F") ==
               "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ");
}

BOOST_AUTO_TEST_CASE(bytes_without_a_character) {
    for (const char* undefined : {"\x81", "\x8D", "\x8F", "\x90", "\x9D", "a\x81z"})
        BOOST_TEST(utf8("windows-1252", undefined) == "(none)");
    BOOST_TEST(utf8("us-ascii", "a\x80") == "(none)");
    BOOST_TEST(utf8("windows-1252", std::string(1, '\0')) == std::string(1, '\0'));
}

BOOST_AUTO_TEST_CASE(unknown_charsets) {
    for (const char* unknown : {"", "koi8-r", "utf-16", "utf-7", "iso-8859-15", "utf-8 "})
        BOOST_TEST(utf8(unknown, "a") == "(none)");
}

BOOST_AUTO_TEST_SUITE_END()
