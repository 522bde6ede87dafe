#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/failure.h"
#include "form/part_headers.h"

using namespace s3drop;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(part_headers)

std::string refusal_of(const std::string& headers) {
    try {
        parse_part_headers(headers);
        return "accepted";
    } catch (const Failure& failure) {
        return std::to_string(static_cast<int>(failure.status)) + " " + failure.detail;
    }
}

const std::string disposition = "Content-Disposition: form-data; name=\"n\"; filename=\"f\"";

struct Readable {
    std::string situation;
    std::string headers;
    std::string content_type = {};
};

std::ostream& operator<<(std::ostream& out, const Readable& each) {
    return out << each.situation;
}

// All of them mean the part "n" with the file "f".
const std::vector<Readable> readables{
    {"disposition alone", disposition},
    {"type after the disposition", disposition + "\r\nContent-Type: text/css", "text/css"},
    {"type before the disposition", "Content-Type: text/css\r\n" + disposition, "text/css"},
    {"header after the type", disposition + "\r\nContent-Type: text/css\r\nContent-Length: 3",
     "text/css"},
    {"lower case",
     "content-disposition: form-data; name=\"n\"; filename=\"f\"\r\ncontent-type: a/b", "a/b"},
    {"upper case",
     "CONTENT-DISPOSITION: FORM-DATA; NAME=\"n\"; FILENAME=\"f\"\r\nCONTENT-TYPE: a/B", "a/B"},
    {"no space after the colon",
     "Content-Disposition:form-data;name=\"n\";filename=\"f\"\r\nContent-Type:a/b", "a/b"},
    {"blanks around the value",
     "Content-Disposition: \t form-data ; name=\"n\" ; filename=\"f\" \t\r\nContent-Type:\t a/b \t",
     "a/b"},
    {"file name before the name", "Content-Disposition: form-data; filename=\"f\"; name=\"n\""},
    {"unquoted", "Content-Disposition: form-data; name=n; filename=f"},
    {"semicolon at the end", disposition + ";"},
    {"unknown parameter", disposition + "; size=\"3\""},
    {"unknown parameter twice", disposition + "; size=3; size=4"},
    {"unknown parameter without a value", disposition + "; secret"},
    {"unknown parameter with a blank", disposition + "; created=1 May; size=3"},
    {"folded by a blank", "Content-Disposition: form-data;\r\n name=\"n\";\r\n filename=\"f\""},
    {"folded by a tab", "Content-Disposition: form-data;\r\n\tname=\"n\";\r\n\tfilename=\"f\""},
    {"folded several times", "Content-Disposition:\r\n form-data;\r\n \r\n name=n; filename=f"},
    {"folded type", disposition + "\r\nContent-Type: text/plain;\r\n charset=utf-8",
     "text/plain; charset=utf-8"},
    {"type with parameters", disposition + "\r\nContent-Type: text/plain; charset=\"UTF-8\"",
     "text/plain; charset=\"UTF-8\""},
    {"empty type", disposition + "\r\nContent-Type:"},
    {"unknown headers", "X-A: \xFF\r\n" + disposition + "\r\nX-A: twice"},
    {"7bit", disposition + "\r\nContent-Transfer-Encoding: 7bit"},
    {"8bit", disposition + "\r\nContent-Transfer-Encoding: 8BIT"},
    {"binary", disposition + "\r\ncontent-transfer-encoding:binary"},
};

BOOST_DATA_TEST_CASE(readable, readables, each) {
    const Part part = parse_part_headers(each.headers);
    BOOST_TEST(part.name == "n");
    BOOST_TEST(part.filename.value_or("(none)") == "f");
    BOOST_TEST(part.content_type == each.content_type);
}

struct Unreadable {
    std::string situation;
    std::string headers;
    std::string why;
};

std::ostream& operator<<(std::ostream& out, const Unreadable& each) {
    return out << each.situation;
}

const std::string with_name = "Content-Disposition: form-data; name=\"n\"";

const std::vector<Unreadable> unreadables{
    {"no headers", "", "a part has no Content-Disposition header"},
    {"no disposition", "Content-Type: text/plain", "a part has no Content-Disposition header"},
    {"two dispositions", disposition + "\r\n" + disposition,
     "a part has two Content-Disposition headers"},
    {"two types", disposition + "\r\nContent-Type: a/b\r\ncontent-type: a/b",
     "a part has two Content-Type headers"},
    {"attachment", "Content-Disposition: attachment; name=\"n\"",
     "a part's Content-Disposition is not form-data"},
    {"no kind of disposition", "Content-Disposition: name=\"n\"",
     "a part's Content-Disposition is not form-data"},
    {"no name", "Content-Disposition: form-data; filename=\"f\"", "a part has no name"},
    {"two names", with_name + "; name=\"m\"", "a header parameter appears twice"},
    {"two file names", disposition + "; FileName=\"f\"", "a header parameter appears twice"},
    {"stopped mid-value", with_name + "; filename=\"f",
     "a quoted value in a header has no closing quotation mark"},
    {"parameter without a value", with_name + "; filename",
     "a header parameter is not written as name=value"},
    {"parameter without a name", with_name + "; =\"f\"",
     "a header parameter is not written as name=value"},
    {"blank before the equals sign", with_name + "; filename =\"f\"",
     "a header parameter is not written as name=value"},
    {"text behind the quotes", with_name + "; filename=\"f\"g",
     "the value of a header parameter is not quoted correctly"},
    {"unquoted with a quotation mark", with_name + "; filename=a\"b\"",
     "the value of a header parameter is not quoted correctly"},
    {"unquoted with a blank", with_name + "; filename=my file",
     "the value of a header parameter is not quoted correctly"},
    {"line without a colon", disposition + "\r\ngarbage", "a part has an invalid header"},
    {"line without a name", disposition + "\r\n: value", "a part has an invalid header"},
    {"blank before the colon", "Content-Disposition : form-data; name=\"n\"",
     "a part has an invalid header"},
    {"NUL in a name", "Content\0-Type: a/b\r\n"s + disposition, "a part has an invalid header"},
    {"NUL in a value", disposition + "\r\nX: a\0b"s, "a part has an invalid header"},
    {"NUL in a file name", with_name + "; filename=\"a\0.txt\""s, "a part has an invalid header"},
    {"bare LF between headers", disposition + "\nContent-Type: a/b",
     "a part has an invalid header"},
    {"bare LF in a file name", with_name + "; filename=\"a\nb\"", "a part has an invalid header"},
    {"bare CR in a file name", with_name + "; filename=\"a\rb\"", "a part has an invalid header"},
    {"base64", disposition + "\r\nContent-Transfer-Encoding: base64",
     "a part has an unsupported Content-Transfer-Encoding"},
    {"quoted-printable", disposition + "\r\nCONTENT-TRANSFER-ENCODING:Quoted-Printable",
     "a part has an unsupported Content-Transfer-Encoding"},
};

BOOST_DATA_TEST_CASE(unreadable, unreadables, each) {
    BOOST_TEST(refusal_of(each.headers) == "400 The form is malformed: " + each.why + ".");
}

BOOST_AUTO_TEST_CASE(field_has_no_file_name) {
    BOOST_TEST(!parse_part_headers(with_name).filename.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
