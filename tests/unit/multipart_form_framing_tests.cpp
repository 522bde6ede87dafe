#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "form/multipart_form.h"
#include "unit/received.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(multipart_form)

const std::string disposition =
    "Content-Disposition: form-data; name=\"file_data\"; filename=\"a.txt\"";
const Received one_file{.files = {{"a.txt", "text/plain", "data"}}};

// A body that must be read as one_file, or refused with the given text.
struct Framing {
    std::string situation;
    std::string body;
    std::string refused = {};
};

std::ostream& operator<<(std::ostream& out, const Framing& framing) {
    return out << framing.situation;
}

const std::string whole = file("a.txt", "data") + closing();

const std::vector<Framing> framings{
    {"as browsers write it", whole},
    {"no CR LF at the end", file("a.txt", "data") + "--B--"},
    {"blank epilogue", whole + "\r\n \t\r\n\r\n"},
    {"blanks behind the closing delimiter", file("a.txt", "data") + "--B-- \t\r\n"},
    {"garbage epilogue", whole + "thanks", "there is more data after its closing delimiter"},
    {"garbage after a blank epilogue", whole + std::string(70000, '\n'),
     "there is more data after its closing delimiter"},
    {"garbage behind the closing delimiter", file("a.txt", "data") + "--B--x\r\n",
     "there is more data after its closing delimiter"},
    {"a part after the closing delimiter", whole + file("b.txt", "more") + closing(),
     "there is more data after its closing delimiter"},
    {"preamble", "This is a multipart message.\r\n" + whole},
    {"preamble of blank lines", "\r\n\r\n" + whole},
    {"preamble with the delimiter in mid-line", "not --B\r\n" + whole,
     "its first delimiter does not follow a line break (CR LF)"},
    {"preamble of a bare LF", "\n" + file("b.txt", "lost") + whole,
     "its first delimiter does not follow a line break (CR LF)"},
    {"preamble without its CR LF", "preamble" + whole,
     "its first delimiter does not follow a line break (CR LF)"},
    {"padding after the delimiter", "--B \t \r\n" + whole.substr(5)},
    {"text behind the delimiter", "--Bob\r\n" + whole.substr(5),
     "a line begins with the boundary but is not a delimiter"},
    {"one hyphen behind the delimiter", "--B-\r\n" + whole.substr(5),
     "a line begins with the boundary but is not a delimiter"},
    {"CR without LF behind the delimiter", "--B\r" + whole.substr(5),
     "a line begins with the boundary but is not a delimiter"},
    {"bare LF throughout", "--B\n" + disposition + "\nContent-Type: text/plain\n\ndata\n--B--\n",
     "its lines end in LF, and must end in CR LF"},
    {"bare LF behind the delimiter", "--B\n" + whole.substr(5),
     "its lines end in LF, and must end in CR LF"},
    {"bare LF before the closing delimiter", "--B\r\n" + disposition + "\r\n\r\ndata\n--B--\r\n",
     "it ends before its closing delimiter"},
    {"closing delimiter without a CR LF before it",
     "--B\r\n" + disposition + "\r\n\r\ndata--B--\r\n", "it ends before its closing delimiter"},
    {"no closing delimiter", file("a.txt", "data"), "it ends before its closing delimiter"},
    {"delimiter where the closing one belongs", file("a.txt", "data") + "--B\r\n",
     "it ends before its closing delimiter"},
    {"no delimiter at all", "file_data=data", "it ends before its closing delimiter"},
    {"empty body", "", "it ends before its closing delimiter"},
    {"another boundary", file("a.txt", "data", "A") + closing("A"),
     "it ends before its closing delimiter"},
    {"part without headers", "--B\r\n\r\ndata\r\n--B--\r\n",
     "a part has no Content-Disposition header"},
    {"part without anything", "--B\r\n--B--\r\n", "it ends before its closing delimiter"},
    {"part of one blank line", "--B\r\n\r\n--B--\r\n", "a part has no Content-Disposition header"},
    {"headers without a blank line", "--B\r\n" + disposition + "\r\n--B--\r\n",
     "it ends before its closing delimiter"},
};

BOOST_DATA_TEST_CASE(framing_of, framings, framing) {
    for (const bool chunked : {false, true}) {
        BOOST_TEST_CONTEXT("chunked: " << chunked) {
            if (framing.refused.empty())
                BOOST_TEST(receive_form({.body = framing.body, .chunked = chunked}) == one_file);
            else
                BOOST_TEST(refusal({.body = framing.body, .chunked = chunked}) ==
                           "400 The form is malformed: " + framing.refused + ".");
        }
    }
}

BOOST_AUTO_TEST_CASE(closing_delimiter_alone_is_a_form_without_parts) {
    BOOST_TEST(receive_form({.body = closing()}) == Received{});
}

// In RFC 2046's grammar, the CR LF of the blank line can also be that of the delimiter.
BOOST_AUTO_TEST_CASE(empty_part_with_shared_crlf) {
    const Received expected{.bucket = "b", .files = {{"a.txt", "", ""}}};
    const std::string bucket = field("bucket", "b");
    const std::string shared = "--B\r\n" + disposition + "\r\n\r\n";
    BOOST_TEST(receive_form({.body = bucket + shared + closing()}) == expected);
    BOOST_TEST(receive_form({.body = shared + bucket + closing()}) == expected);
}

BOOST_AUTO_TEST_CASE(empty_part_with_its_own_crlf) {
    const Received expected{.bucket = "b", .files = {{"a.txt", "", ""}}};
    const std::string own = part(disposition, "");
    BOOST_TEST(receive_form({.body = field("bucket", "b") + own + closing()}) == expected);
    BOOST_TEST(receive_form({.body = own + field("bucket", "b") + closing()}) == expected);
}

BOOST_AUTO_TEST_CASE(part_of_one_crlf) {
    BOOST_TEST(receive_form({.body = file("a.txt", "\r\n") + closing()}) ==
               (Received{.files = {{"a.txt", "text/plain", "\r\n"}}}));
}

struct BoundaryCase {
    std::string content_type;
    std::string boundary;
};

std::ostream& operator<<(std::ostream& out, const BoundaryCase& boundary) {
    return out << boundary.content_type;
}

const std::vector<BoundaryCase> boundaries{
    {"multipart/form-data; boundary=B", "B"},
    {"multipart/form-data; boundary=\"B\"", "B"},
    {"multipart/form-data; Boundary=B", "B"},
    {"Multipart/Form-Data; BOUNDARY=\"B\"", "B"},
    {"multipart/form-data;boundary=B", "B"},
    {"multipart/form-data; boundary=B  ", "B"},
    {"multipart/form-data; boundary=B;", "B"},
    {"multipart/form-data; boundary=B; charset=utf-8", "B"},
    {"multipart/form-data; charset=utf-8; boundary=B", "B"},
    {"multipart/form-data; charset=\"; boundary=A\"; boundary=B", "B"},
    {"multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
     "----WebKitFormBoundary7MA4YWxkTrZu0gW"},
    {"multipart/form-data; boundary=\"a b'()+_,-./:=?z\"", "a b'()+_,-./:=?z"},
    {"multipart/form-data; boundary=" + std::string(70, '-'), std::string(70, '-')},
    {"multipart/form-data; boundary=*****", "*****"},
    {"multipart/form-data;boundary=\"*****\"", "*****"},
    {"multipart/form-data; boundary=!#$%&'*+-.^_`|~; charset=utf-8", "!#$%&'*+-.^_`|~"},
    {"multipart/form-data; boundary=\"!#$%&'*+-.^_`|~\"", "!#$%&'*+-.^_`|~"},
    {"multipart/form-data; boundary='()+_,-./:=?", "'()+_,-./:=?"},
    {"multipart/form-data; boundary={0F8FAD5B-D9CB}", "{0F8FAD5B-D9CB}"},
    {"multipart/form-data; boundary=B; charset=a; charset=b; x", "B"},
};

BOOST_DATA_TEST_CASE(boundary_in, boundaries, given) {
    BOOST_TEST(boundary_of(given.content_type) == given.boundary);
    const std::string body = file("a.txt", "data", given.boundary) + closing(given.boundary);
    BOOST_TEST(receive_form({.body = body, .content_type = given.content_type}) == one_file);
}

const std::vector<BoundaryCase> no_boundaries{
    {"multipart/form-data", "its Content-Type has no boundary"},
    {"multipart/form-data; charset=utf-8", "its Content-Type has no boundary"},
    {"", "its Content-Type has no boundary"},
    {"multipart/form-data; boundary=", "its boundary is not valid"},
    {"multipart/form-data; boundary=\"\"", "its boundary is not valid"},
    {"multipart/form-data; boundary=\"B \"", "its boundary is not valid"},
    {"multipart/form-data; boundary=\"B\t\"", "its boundary is not valid"},
    {"multipart/form-data; boundary=\"B\\\"\"", "its boundary is not valid"},
    {"multipart/form-data; boundary=\"Bü\"", "its boundary is not valid"},
    {"multipart/form-data; boundary=\"B\\\"; x=y", "its boundary is not valid"},
    {"multipart/form-data; boundary=<B>", "its boundary is not valid"},
    {"multipart/form-data; boundary=\"B\r\n\"", "its boundary is not valid"},
    {"multipart/form-data; boundary=" + std::string(71, '-'), "its boundary is not valid"},
    {"multipart/form-data; boundary=B; boundary=C", "a header parameter appears twice"},
    {"multipart/form-data; boundary=\"B",
     "a quoted value in a header has no closing quotation mark"},
    {"multipart/form-data; boundary", "a header parameter is not written as name=value"},
    {"multipart/form-data; boundary=B C",
     "the value of a header parameter is not quoted correctly"},
    {"multipart/form-data; boundary=B\"C\"",
     "the value of a header parameter is not quoted correctly"},
};

BOOST_DATA_TEST_CASE(no_boundary_in, no_boundaries, given) {
    BOOST_TEST(refusal({.body = whole, .content_type = given.content_type}) ==
               "400 The form is malformed: " + given.boundary + ".");
}

BOOST_AUTO_TEST_SUITE_END()
