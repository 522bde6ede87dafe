#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "base/base64.h"

using s3drop::base64_decode;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(base64)

struct Encoded {
    std::string text;
    std::string bytes;
};

std::ostream& operator<<(std::ostream& out, const Encoded& encoded) {
    return out << encoded.text;
}

const std::vector<Encoded> encoded{
    // RFC 4648 section 10
    {"", ""},
    {"Zg==", "f"},
    {"Zm8=", "fo"},
    {"Zm9v", "foo"},
    {"Zm9vYg==", "foob"},
    {"Zm9vYmE=", "fooba"},
    {"Zm9vYmFy", "foobar"},
    {"AAAA", "\0\0\0"s},
    {"////", "\xFF\xFF\xFF"},
    {"+/+/", "\xFB\xFF\xBF"},
    {"FPucA9l+", "\x14\xFB\x9C\x03\xD9\x7E"},
};

BOOST_DATA_TEST_CASE(decoded, encoded, each) {
    BOOST_TEST(base64_decode(each.text).value_or("(none)") == each.bytes);
}

BOOST_AUTO_TEST_CASE(every_digit_has_its_value) {
    const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (unsigned value = 0; value < 64; ++value)
        BOOST_TEST(base64_decode("AAA"s + digits[value]).value() ==
                   "\0\0"s + static_cast<char>(value));
}

BOOST_DATA_TEST_CASE(not_base64,
                     (std::vector<std::string>{
                         "Z",    "Zg",       "Zg=",  "Zm8",  "=",     "==",       "====",
                         "Z===", "Zg==Zg==", "Zg=v", "=Zg=", "Zm9v=", "Zm9v====", "Zh==",
                         "Zm9=", "Zm9\n",    "Zm 9", "Zm9-", "Zm9_",  "Zm9\xFC",  "Zm9v\r\n"})) {
    BOOST_TEST(!base64_decode(sample).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
