// The ways in which senders write a file name, and the name that they mean.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "unit/received.h"

using namespace s3drop::test;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(part_headers)

struct FileName {
    std::string written;  // the parameters of Content-Disposition that contain it
    std::string name;
};

std::ostream& operator<<(std::ostream& out, const FileName& each) {
    return out << each.written;
}

std::string form_with(const std::string& parameters) {
    const std::string headers = "Content-Disposition: form-data; name=\"file_data\"; " + parameters;
    return part(headers, "data") + closing();
}

const std::vector<FileName> file_names{
    {"filename=a\\b=c/d", "a\\b=c/d"},
    // Browsers: UTF-8 unchanged, three escapes, "%" and "\" unescaped.
    {R"(filename="plain.txt")", "plain.txt"},
    {R"(filename="Übung 日本語 🎉.txt")", "Übung 日本語 🎉.txt"},
    {R"(filename="u\"b")", "u\"b"},
    {R"(filename="a%22b%0D%0Ac")", "a\"b\r\nc"},
    {R"(filename="a%0d%0ab")", "a\r\nb"},
    {R"(filename="100%.txt")", "100%.txt"},
    {R"(filename="C++ 100%25")", "C++ 100%25"},
    {R"(filename="%2F..%2e%00%41")", "%2F..%2e%00%41"},
    {R"(filename="%2")", "%2"},
    {R"(filename="%%22%")", "%\"%"},
    {R"(filename="a;b=c, d: e")", "a;b=c, d: e"},
    {R"(filename="name=\"file_name\"")", "name=\"file_name\""},
    {R"(filename="C:\fakepath\x")", "C:\\fakepath\\x"},
    {R"(filename="C:\new\report.txt")", "C:\\new\\report.txt"},
    {R"(filename="../../etc/passwd")", "../../etc/passwd"},
    {R"(filename=" blanks ")", " blanks "},
    {R"(filename="+ + +")", "+ + +"},
    {"filename=\"tab\there\"", "tab\there"},
    {"filename=\"Latin-1 \xFC\"", "Latin-1 \xFC"},
    // Older curl: "\" escapes '"' and "\".
    {R"(filename="a\"b\\c")", "a\"b\\c"},
    {R"(filename="C:\\fakepath\\x")", "C:\\fakepath\\x"},
    {R"(filename="\\\"")", "\\\""},
    {R"(filename="ends with \\")", "ends with \\"},
    // Unquoted
    {"filename=a.txt", "a.txt"},
    {"filename=a%22b", "a\"b"},
    {"filename=", ""},
    {R"(filename="")", ""},
    // A fold is read as the blank that it begins with (RFC 5322 section 2.2.3).
    {"filename=\"a\r\n b\"", "a b"},
    {"filename=\"a \r\n\tb\"", "a \tb"},
    // RFC 8187
    {"filename*=UTF-8''%C3%9Cbung.txt", "Übung.txt"},
    {"filename*=utf-8'de'%e2%82%AC", "€"},
    {"filename*=\"UTF-8''a%20b\"", "a b"},
    {"filename*=UTF-8''a%22b%25%2F+", "a\"b%/+"},
    {"filename*=UTF-8''", ""},
    {"filename*=ISO-8859-1'en'%FCbung%80", "übung\xC2\x80"},
    {"filename*=iso-8859-1''%A3", "£"},
    {"FILENAME*=UTF-8''a", "a"},
    // Both: the extended one wins if it can be read.
    {"filename=\"plain\"; filename*=UTF-8''%C3%BC", "ü"},
    {"filename*=UTF-8''%C3%BC; filename=\"plain\"", "ü"},
    {"filename=\"plain\"; filename*=UTF-8''%C3%B", "plain"},
    {"filename=\"plain\"; filename*=UTF-8", "plain"},
    {"filename=\"plain\"; filename*=UTF-8'x", "plain"},
    {"filename=\"plain\"; filename*=Shift_JIS''%83", "plain"},
    {"filename=\"plain\"; filename*=''x", "plain"},
    {"filename=\"plain\"; filename*=", "plain"},
};

BOOST_DATA_TEST_CASE(file_name_of, file_names, each) {
    const Received expected{.files = {{each.name, "", "data"}}};
    for (const std::size_t per_read : {std::size_t{1}, in_one_read})
        BOOST_TEST(receive_form({.body = form_with(each.written), .per_read = per_read}) ==
                   expected);
}

const std::vector<FileName> no_file_names{
    {"filename*=UTF-8''%C3%B", "a file name cannot be decoded"},
    {"filename*=UTF-8''%zz", "a file name cannot be decoded"},
    {"filename*=UTF-8'a", "a file name cannot be decoded"},
    {"filename*=a.txt", "a file name cannot be decoded"},
    {"filename*=Shift_JIS''%83", "a file name cannot be decoded"},
    {"filename=my file.txt", "the value of a header parameter is not quoted correctly"},
    {"filename='a b'", "the value of a header parameter is not quoted correctly"},
    {R"(filename="C:\")", "a quoted value in a header has no closing quotation mark"},
};

BOOST_DATA_TEST_CASE(no_file_name_in, no_file_names, each) {
    BOOST_TEST(refusal({.body = form_with(each.written)}) ==
               "400 The form is malformed: " + each.name + ".");
}

BOOST_AUTO_TEST_SUITE_END()
