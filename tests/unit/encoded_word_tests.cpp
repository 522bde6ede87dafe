#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "form/encoded_word.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(encoded_word)

struct Words {
    std::string text;
    std::string decoded;
};

std::ostream& operator<<(std::ostream& out, const Words& words) {
    return out << words.text;
}

const std::vector<Words> decodable{
    {"=?utf-8?B?w5xidW5nLnR4dA==?=", "Übung.txt"},
    {"=?UTF-8?b?4oKs?=", "€"},
    {"=?utf-8?Q?=C3=9Cbung_1.txt?=", "Übung 1.txt"},
    {"=?utf-8?q?=c3=9c=5F?=", "Ü_"},
    {"=?us-ascii?Q?plain?=", "plain"},
    {"=?ISO-8859-1?Q?=FCbung?=", "übung"},
    {"=?windows-1252?Q?=80.txt?=", "€.txt"},
    {"=?utf-8*de?Q?=C3=BC?=", "ü"},
    {"=?utf-8?B?\?=", ""},
    {"=?utf-8?Q?\?=", ""},
    {"=?utf-8?Q?a b?=", "a b"},
    {"=?utf-8?Q?=3D=3Futf-8=3FQ=3Fa=3F=3D?=", "=?utf-8?Q?a?="},
    // Several, and among other text
    {"=?utf-8?Q?a?= =?utf-8?B?Yg==?=", "ab"},
    {"=?utf-8?Q?a?= \t  =?iso-8859-1?Q?=FC?=", "aü"},
    {"=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"},
    {"=?utf-8?Q?a_?= =?utf-8?Q?b?=", "a b"},
    {"=?utf-8?B?4oI=?= =?UTF-8?B?rA==?=", "€"},
    {"=?utf-8?B?w5xidW5n?=.txt", "Übung.txt"},
    {"my =?utf-8?Q?=C3=BC?= b", "my ü b"},
    {"a =?utf-8?Q?b?= c =?utf-8?Q?d?= ", "a b c d "},
    {"=?=?utf-8?Q?a?=", "=?a"},
    {"=?utf-8?Q?a?= =?x", "a =?x"},
};

BOOST_DATA_TEST_CASE(decoded, decodable, words) {
    BOOST_TEST(has_encoded_word(words.text));
    BOOST_TEST(decode_encoded_words(words.text).value_or("(none)") == words.decoded);
}

const std::vector<std::string> plain{
    "",
    "a.txt",
    "what=?.txt",
    "=?",
    "=?\?=",
    "=?=",
    "=?utf-8",
    "=?utf-8?",
    "=?utf-8?B",
    "=?utf-8?B?",
    "=?utf-8?B?YQ==",
    "=?utf-8?B?YQ==?",
    "=?utf-8?B?YQ==? =",
    "=?utf-8?B?YQ?x=",
    "=?utf-8?X?YQ==?=",
    "=?utf-8?BQ?YQ==?=",
    "=?utf-8??YQ==?=",
    "=??B?YQ==?=",
    "=?utf 8?B?YQ==?=",
    "= ?utf-8?B?YQ==?=",
    "?utf-8?B?YQ==?=",
    "a=?b=?c?=d",
};

BOOST_DATA_TEST_CASE(not_an_encoded_word, plain, text) {
    BOOST_TEST(!has_encoded_word(text));
    BOOST_TEST(decode_encoded_words(text).value_or("(none)") == text);
}

const std::vector<std::string> undecodable{
    "=?koi8-r?B?YQ==?=",
    "=?*de?Q?a?=",
    "=?utf-8?B?YQ=?=",
    "=?utf-8?B?Y Q==?=",
    "=?utf-8?B?YQ?=",
    "=?utf-8?Q?=C?=",
    "=?utf-8?Q?=?=",
    "=?utf-8?Q?=zz?=",
    "=?us-ascii?Q?=FC?=",
    "=?windows-1252?Q?=81?=",
    "=?utf-8?Q?a?= =?koi8-r?Q?b?=",
    "a =?utf-8?Q?=C?= b",
};

BOOST_DATA_TEST_CASE(undecodable_word, undecodable, text) {
    BOOST_TEST(has_encoded_word(text));
    BOOST_TEST(!decode_encoded_words(text).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
