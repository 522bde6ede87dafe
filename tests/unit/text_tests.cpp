#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

using namespace s3drop;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(text)

const std::string all_ascii = [] {
    std::string all;
    for (char c = 0; c >= 0 && c < 0x7F; ++c)
        all += c;
    return all + '\x7F';
}();

BOOST_AUTO_TEST_CASE(lower_case_of_ascii_only) {
    BOOST_TEST(lower_case("ABC xyz-@[`{19") == "abc xyz-@[`{19");
    BOOST_TEST(lower_case("ÄÖ\xC4\xD6") == "ÄÖ\xC4\xD6");
    BOOST_TEST(lower_case("A\0B"s) == "a\0b"s);
}

BOOST_AUTO_TEST_CASE(equal_ignoring_case_of_ascii_only) {
    BOOST_TEST(equal_ignoring_case("Content-Type", "cONTENT-tYPE"));
    BOOST_TEST(equal_ignoring_case("", ""));
    BOOST_TEST(!equal_ignoring_case("a", "ab"));
    BOOST_TEST(!equal_ignoring_case("ab", "a"));
    BOOST_TEST(!equal_ignoring_case("@[", "`{"));
    BOOST_TEST(!equal_ignoring_case("Ä", "ä"));
}

BOOST_AUTO_TEST_CASE(trim_removes_blanks_and_tabs) {
    BOOST_TEST(trim(" \t a b \t ") == "a b");
    BOOST_TEST(trim("a") == "a");
    BOOST_TEST(trim(" \t ").empty());
    BOOST_TEST(trim("").empty());
    BOOST_TEST(trim(" \r\na\n") == "\r\na\n");
}

BOOST_AUTO_TEST_CASE(split_skips_empty_items) {
    using Items = std::vector<std::string>;
    BOOST_TEST(split("a, b c ,,\t,d", ',') == (Items{"a", "b c", "d"}));
    BOOST_TEST(split(",a,", ',') == Items{"a"});
    BOOST_TEST(split("a;b", ',') == Items{"a;b"});
    BOOST_TEST(split(" , ", ',').empty());
    BOOST_TEST(split("", ',').empty());
}

BOOST_AUTO_TEST_CASE(letters_digits_and_symbols) {
    std::string alphanumeric;
    for (int byte = 0; byte < 256; ++byte)
        if (is_alphanumeric(static_cast<char>(byte))) alphanumeric += static_cast<char>(byte);
    BOOST_TEST(alphanumeric == "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    BOOST_TEST(is_alphanumeric_or("", alphanumeric));
    BOOST_TEST(is_alphanumeric_or("", ""));
    BOOST_TEST(is_alphanumeric_or(".-", "a.B-9"));
    for (const std::string& other : {"a.b_c"s, "_"s, "a "s, "a\0"s, "ü"s, "a/"s, "a:"s, "@"s, "["s})
        BOOST_TEST(!is_alphanumeric_or(".-", other), other);
}

BOOST_AUTO_TEST_CASE(token_characters) {
    std::string tokens;
    for (const char c : all_ascii)
        if (is_token_character(c)) tokens += c;
    BOOST_TEST(tokens ==
               "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~");
    for (int byte = 0x80; byte < 0x100; ++byte)
        BOOST_TEST(!is_token_character(static_cast<char>(byte)));
}

BOOST_AUTO_TEST_CASE(tokens) {
    BOOST_TEST(is_token("Content-Type"));
    for (const std::string& no_token : {""s, "a b"s, "a:"s, "ü"s, "a\0"s, "a\r\n"s, "a/b"s})
        BOOST_TEST(!is_token(no_token), no_token);
}

BOOST_AUTO_TEST_CASE(well_formed_utf_8) {
    for (const std::string& good : {""s, all_ascii, "\xC2\x80"s, "\xDF\xBF"s, "\xE0\xA0\x80"s,
                                    "\xED\x9F\xBF"s, "\xEE\x80\x80"s, "\xEF\xBF\xBF"s,
                                    "\xF0\x90\x80\x80"s, "\xF4\x8F\xBF\xBF"s, "Übung 日本語 🎉"s})
        BOOST_TEST(is_utf8(good), good);
}

BOOST_AUTO_TEST_CASE(ill_formed_utf_8) {
    const std::vector<std::string> sequences{
        "\x80",              // lone continuation
        "\xBF",              //
        "\xC0\x80",          // overlong
        "\xC1\xBF",          //
        "\xE0\x9F\xBF",      //
        "\xF0\x8F\xBF\xBF",  //
        "\xED\xA0\x80",      // surrogates
        "\xED\xBF\xBF",      //
        "\xF4\x90\x80\x80",  // beyond U+10FFFF
        "\xF5\x80\x80\x80",  //
        "\xFE",              // never in UTF-8
        "\xFF",              //
        "\xC3",              // stopped mid-character
        "\xE2\x82",          //
        "\xF0\x9F\x8E",      //
        "\xC3(",             // another character instead of a continuation
        "\xE2(\xA1",         //
        "\xE2\x82(",         //
        "\xF0(\x8C\xBC",     //
        "\xF0\x90(\xBC",     //
        "\xF0\x90\x8C(",     //
        "\xC3\xC3",          //
    };
    for (const std::string& bad : sequences)
        for (const std::string& text : {bad, "a" + bad, bad + "a", "ü" + bad + "ü"}) {
            BOOST_TEST(!is_utf8(text), "sequence " << &bad - sequences.data());
            BOOST_TEST(is_utf8(printable(text)), "sequence " << &bad - sequences.data());
        }
}

BOOST_AUTO_TEST_CASE(header_values) {
    for (const char c : all_ascii) {
        const bool control = (c < 0x20 && c != '\t') || c == 0x7F;
        BOOST_TEST(is_header_value("a"s + c + "b") == !control, int{c});
    }
    for (const std::string& value : {""s, " "s, "ü"s, "\xC2\x85"s, "\x80\xFF\x9F"s})
        BOOST_TEST(is_header_value(value), value);
    BOOST_TEST(!is_header_value("a\r\nX: b"));
}

BOOST_AUTO_TEST_CASE(control_characters) {
    for (const char c : all_ascii)
        BOOST_TEST(has_control_characters("a"s + c + "b") == (c < 0x20 || c == 0x7F), int{c});
    for (const std::string control : {"\xC2\x80", "\xC2\x85", "\xC2\x9F"})
        BOOST_TEST(has_control_characters("ü" + control));
    for (const std::string none : {"", "\xC2\xA0", "à", "Å", "\xE2\x82\x80", "🎉", "日本語"})
        BOOST_TEST(!has_control_characters(none), none);
}

BOOST_AUTO_TEST_CASE(printable_replaces_what_cannot_be_shown) {
    BOOST_TEST(printable("Übung 日本語 🎉 \"<>\\") == "Übung 日本語 🎉 \"<>\\");
    BOOST_TEST(printable("a\r\nb\0c\x7F\xC2\x85"s) == "a??b?c??");
    BOOST_TEST(printable("\xFF\xFE ü \xC3") == "?? ü ?");
    BOOST_TEST(printable("").empty());
}

BOOST_AUTO_TEST_CASE(printable_cuts_between_characters) {
    BOOST_TEST(printable("12345", 5) == "12345");
    BOOST_TEST(printable("123456", 5) == "12345…");
    BOOST_TEST(printable("1234ü", 5) == "1234…");
    BOOST_TEST(printable("123ü", 5) == "123ü");
    BOOST_TEST(printable("1🎉", 4) == "1…");
    BOOST_TEST(printable("\xFF\xFF\xFF", 2) == "??…");
    BOOST_TEST(printable(std::string(201, 'x')) == std::string(200, 'x') + "…");
}

BOOST_AUTO_TEST_CASE(quoted_text_is_printable) {
    BOOST_TEST(quoted("a b") == "'a b'");
    BOOST_TEST(quoted("") == "''");
    BOOST_TEST(quoted("a\nb\xFF") == "'a?b?'");
    BOOST_TEST(quoted(std::string(201, 'x')) == "'" + std::string(200, 'x') + "…'");
}

BOOST_AUTO_TEST_CASE(globs) {
    BOOST_TEST(matches_glob("*", ""));
    BOOST_TEST(matches_glob("*", "a/b.c"));
    BOOST_TEST(matches_glob("image/*", "image/png"));
    BOOST_TEST(!matches_glob("image/*", "video/image/png"));
    BOOST_TEST(matches_glob("*.amazonaws.com", "s3.eu-west-1.amazonaws.com"));
    BOOST_TEST(!matches_glob("*.amazonaws.com", "s3.amazonaws.com.evil.example"));
    BOOST_TEST(!matches_glob("*.amazonaws.com", "amazonaws.com"));
    BOOST_TEST(matches_glob("a?[bc]", "axc"));
    BOOST_TEST(!matches_glob("a", "A"));
}

BOOST_AUTO_TEST_SUITE_END()
