#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

#include "base/decimal.h"

using s3drop::is_decimal;
using s3drop::parse_decimal;

BOOST_AUTO_TEST_SUITE(decimal)

BOOST_AUTO_TEST_CASE(digits_are_a_number) {
    const struct {
        std::string_view text;
        std::uint64_t number;
    } cases[] = {
        {"0", 0},
        {"7", 7},
        {"10", 10},
        {"0123456789", 123456789},
        {"00", 0},
        {"18446744073709551615", UINT64_MAX},
        {"00000000000000000001", 1},
    };
    for (const auto& each : cases) {
        BOOST_TEST(is_decimal(each.text), each.text);
        BOOST_TEST(parse_decimal(each.text).value() == each.number, each.text);
    }
}

BOOST_AUTO_TEST_CASE(other_text_is_not_a_number) {
    using namespace std::string_view_literals;
    for (const auto text : {""sv,   " "sv,   " 1"sv,    "1 "sv,  "1\n"sv,  "\t1"sv, "+1"sv, "-1"sv,
                            "-0"sv, "1.0"sv, "1,0"sv,   "1e3"sv, "0x10"sv, "1x"sv,  "x1"sv, "/"sv,
                            ":"sv,  "1\0"sv, "\0001"sv, "½"sv,   "١"sv,    "\xFF"sv}) {
        BOOST_TEST(!is_decimal(text), text);
        BOOST_TEST(!parse_decimal(text), text);
    }
}

BOOST_AUTO_TEST_CASE(numbers_of_more_than_64_bits_are_decimal_but_not_parsed) {
    for (const std::string text : {"18446744073709551616", "99999999999999999999",
                                   "99999999999999999999999999999999", "000000000000000000001"}) {
        BOOST_TEST(is_decimal(text), text);
        BOOST_TEST(!parse_decimal(text), text);
    }
}

BOOST_AUTO_TEST_CASE(digits_are_counted_with_leading_zeros) {
    BOOST_TEST(parse_decimal("99", 2).value() == 99U);
    BOOST_TEST(parse_decimal("09", 2).value() == 9U);
    BOOST_TEST(!parse_decimal("100", 2));
    BOOST_TEST(!parse_decimal("009", 2));
    BOOST_TEST(!parse_decimal("0", 0));
    BOOST_TEST(parse_decimal("000000000000000000001", 21).value() == 1U);
    BOOST_TEST(!parse_decimal("18446744073709551616", 100));
}

BOOST_AUTO_TEST_SUITE_END()
