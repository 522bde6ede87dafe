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
    // "\" as an ordinary character, where the escape leaves a quotation mark open
    {R"(filename="C:\")", "C:\\"},
    {R"(filename="a\"; size="1")", "a\\"},
    {R"(filename="a\"b.bin")", "a\"b.bin"},
    {R"(filename="a\\b\")", R"(a\\b\)"},
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
    {"filename*=windows-1252''%80", "€"},
    // RFC 2231: continuations
    {"filename*0=\"a\"; filename*1=\"b.txt\"", "ab.txt"},
    {"filename*1=\"b.txt\"; filename*0=\"a\"", "ab.txt"},
    {"filename*0=a", "a"},
    {"FileName*0=a; FILENAME*1=b", "ab"},
    {"filename*0=\"\"; filename*1=\"\"", ""},
    {"filename*0*=UTF-8''na%C3%AF; filename*1*=ve; filename*2=\".txt\"", "naïve.txt"},
    {"filename*2=\"%41\"; filename*1*=%41; filename*0*=utf-8'en'", "A%41"},
    {"filename*0*=UTF-8''%C3; filename*1*=%BC", "ü"},
    {"filename*0*=ISO-8859-1''%FC; filename*1*=%FC", "üü"},
    {"filename*0=\"a\"; filename*1*=%20b", "a b"},
    {"filename*0=a%22b", "a%22b"},
    {"filename*0=0; filename*1=1; filename*2=2; filename*3=3; filename*4=4; filename*5=5; "
     "filename*6=6; filename*7=7; filename*8=8; filename*9=9; filename*10=a; filename*11=b",
     "0123456789ab"},
    {"filename=\"plain\"; filename*0=\"long\"", "long"},
    {"filename*0=\"long\"; filename*=UTF-8''extended", "extended"},
    {"filename*0=\"long\"; filename*=UTF-8''%C3%B", "long"},
    {"filename=\"plain\"; filename*0*=koi8-r''%C3", "plain"},
    {"filename=\"plain\"; filename*0*=UTF-8''a; filename*1*=%C", "plain"},
    {"filename=\"plain\"; name*1=x; name*0=y", "plain"},
    // RFC 2047: encoded words
    {"filename=\"=?utf-8?B?w5xidW5nLnR4dA==?=\"", "Übung.txt"},
    {"filename==?UTF-8?Q?=C3=9Cbung.txt?=", "Übung.txt"},
    {"filename=\"=?utf-8?Q?a?=\r\n =?utf-8?Q?b?=\"", "ab"},
    {"filename=\"=?utf-8?Q?a%22=22=5C?=\"", "a%22\"\\"},
    {"filename=\"=?utf-8?B?Li4vLi4vZXRjL3Bhc3N3ZA==?=\"", "../../etc/passwd"},
    {"filename=\"=?koi8-r?B?xQ==?=\"; filename*=UTF-8''a", "a"},
    {"filename*=UTF-8''=?utf-8?Q?a?=", "=?utf-8?Q?a?="},
    {"filename=\"what=?.txt\"", "what=?.txt"},
    {"filename=\"=?utf-8?B?YQ==%22\"", "=?utf-8?B?YQ==\""},
};

BOOST_DATA_TEST_CASE(file_name_of, file_names, each) {
    const Received expected{.files = {{each.name, "", "data"}}};
    for (const std::size_t per_read : {std::size_t{1}, in_one_read})
        BOOST_TEST(receive_form({.body = form_with(each.written), .per_read = per_read}) ==
                   expected);
}

const std::string undecodable = "a file name cannot be decoded: ";
const std::string bad_word = "is an encoded word (RFC 2047) that cannot be decoded: ";

const std::vector<FileName> no_file_names{
    {"filename*=UTF-8''%C3%B", undecodable + "filename*=UTF-8''%C3%B"},
    {"filename*=UTF-8''%zz", undecodable + "filename*=UTF-8''%zz"},
    {"filename*=UTF-8'a", undecodable + "filename*=UTF-8'a"},
    {"filename*=a.txt", undecodable + "filename*=a.txt"},
    {"filename*=Shift_JIS''%83", undecodable + "filename*=Shift_JIS''%83"},
    {"filename*0*=UTF-8''%zz; filename*1=b", undecodable + "filename*0*=UTF-8''%zz"},
    {"filename*0*=koi8-r''a; filename*1=b", undecodable + "filename*0*=koi8-r''a"},
    {"filename*0*=a; filename*1=b", undecodable + "filename*0*=a"},
    {"filename*0*=UTF-8''a; filename*1*=%C", undecodable + "filename*0*=UTF-8''a"},
    {"filename*0=\"\"; filename*1*=%C", undecodable + "filename*0="},
    {"filename*0=a; filename*2=c", "the parameter filename*1 is missing"},
    {"filename*1=b", "the parameter filename*0 is missing"},
    {"filename=plain; filename*1=b", "the parameter filename*0 is missing"},
    {"filename*0=a; filename*0*=UTF-8''b", "there are two parameters filename*0"},
    {"filename*1=a; filename*1=b", "there are two parameters filename*1"},
    {"filename*00=a", "the parameter 'filename*00' is not numbered as in RFC 2231"},
    {"filename*0=a; filename*01=b", "the parameter 'filename*01' is not numbered as in RFC 2231"},
    {"filename*x=a", "the parameter 'filename*x' is not numbered as in RFC 2231"},
    {"filename**=a", "the parameter 'filename**' is not numbered as in RFC 2231"},
    {"filename*0**=a", "the parameter 'filename*0**' is not numbered as in RFC 2231"},
    {"filename*-1=a", "the parameter 'filename*-1' is not numbered as in RFC 2231"},
    {"filename*99999999999999999999=a",
     "the parameter 'filename*99999999999999999999' is not numbered as in RFC 2231"},
    {"filename*0=a b", "the value of a header parameter is not quoted correctly"},
    {"filename=\"=?koi8-r?B?xQ==?=\"", "a file name " + bad_word + "=?koi8-r?B?xQ==?="},
    {"filename=\"=?utf-8?B?YQ=?=.txt\"", "a file name " + bad_word + "=?utf-8?B?YQ=?=.txt"},
    {"filename=\"=?utf-8?Q?=C?=\"; filename*=a", "a file name " + bad_word + "=?utf-8?Q?=C?="},
    {"filename=my file.txt", "the value of a header parameter is not quoted correctly"},
    {"filename='a b'", "the value of a header parameter is not quoted correctly"},
};

BOOST_DATA_TEST_CASE(no_file_name_in, no_file_names, each) {
    BOOST_TEST(refusal({.body = form_with(each.written)}) ==
               "400 The form is malformed: " + each.name + ".");
}

// A field that is wanted, whatever its sender does to its name.
const std::vector<FileName> field_names{
    {"name*=UTF-8''bucket", "b"},
    {"name*=\"utf-8''b%75cket\"", "b"},
    {"name=\"other\"; name*=UTF-8''bucket", "b"},
    {"name=\"bucket\"; name*=UTF-8''other", ""},
    {"name=\"bucket\"; name*=koi8-r''other", "b"},
    {"name*0=\"buc\"; name*1=\"ket\"", "b"},
    {"name=\"=?utf-8?B?YnVja2V0?=\"", "b"},
    {"name=\"=?us-ascii?Q?bucket?=\"", "b"},
    {"name*=UTF-8''f%C3%BCld", ""},
    {R"(name="bucket\")", ""},
    {R"(name="a\"; x="bucket")", ""},
};

BOOST_DATA_TEST_CASE(field_name_of, field_names, each) {
    const std::string body = part("Content-Disposition: form-data; " + each.written, "b") +
                             file("a.txt", "data") + closing();
    BOOST_TEST(receive_form({.body = body}) ==
               (Received{.bucket = each.name, .files = {{"a.txt", "text/plain", "data"}}}));
}

// It may be the bucket's: the field is not ignored.
const std::vector<FileName> no_field_names{
    {"name*=koi8-r''%C3", "cannot be decoded: name*=koi8-r''%C3"},
    {"name*=bucket", "cannot be decoded: name*=bucket"},
    {"name*0*=UTF-8''%C", "cannot be decoded: name*0*=UTF-8''%C"},
    {"name=\"=?koi8-r?Q?bucket?=\"", bad_word + "=?koi8-r?Q?bucket?="},
};

BOOST_DATA_TEST_CASE(no_field_name_in, no_field_names, each) {
    const std::string body = part("Content-Disposition: form-data; " + each.written, "b") +
                             file("a.txt", "data") + closing();
    BOOST_TEST(refusal({.body = body}) ==
               "400 The form is malformed: a part's name " + each.name + ".");
}

BOOST_AUTO_TEST_SUITE_END()
