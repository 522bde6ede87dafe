// Forms that cgicc is known to misread or to crash on if it gets them unchanged. The program reads
// each of them correctly or refuses it; none may come out changed.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

#include "unit/received.h"

using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(receive)

struct Fault {
    std::string situation;
    Sent sent;
    Received received = {};
    std::string refused = {};  // if it is not received
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) {
    return out << fault.situation;
}

const std::string bucket = field("bucket", "b");
const Received both{.bucket = "b", .files = {{"a.txt", "text/plain", "data"}}};
const std::string form = bucket + file("a.txt", "data") + closing();

const std::string no_end = "400 The form is malformed: it ends before its closing delimiter.";
const std::string not_whole = "400 The upload broke off after ";

// A form with a file part that has these headers.
Sent with_headers(const std::string& headers) {
    return {.body = bucket + part(headers, "data") + closing()};
}

Sent with_disposition(const std::string& parameters) {
    return with_headers("Content-Disposition: form-data; " + parameters +
                        "\r\nContent-Type: text/plain");
}

Received named(const std::string& name) {
    return {.bucket = "b", .files = {{name, "text/plain", "data"}}};
}

const std::vector<Fault> faults{
    {"content length of 6 GB without a body",
     {.body = "", .content_length = 6'000'000'000},
     {},
     not_whole + "0 of 6000000000 bytes."},
    {"content length larger than any memory",
     {.body = form, .content_length = std::numeric_limits<std::uint64_t>::max()},
     {},
     not_whole + std::to_string(form.size()) + " of 18446744073709551615 bytes."},
    {"content length longer than the body",
     {.body = form, .content_length = form.size() + 1},
     {},
     not_whole + std::to_string(form.size()) + " of " + std::to_string(form.size() + 1) +
         " bytes."},
    {"no content length", {.body = form, .chunked = true}, both},
    {"content length 0", {.body = form, .content_length = 0}, {}, no_end},
    {"closing delimiter without CR LF", {.body = form.substr(0, form.size() - 2)}, both},
    {"closing delimiter missing", {.body = bucket + file("a.txt", "data")}, {}, no_end},
    {"body cut", {.body = form.substr(0, form.size() - 12)}, {}, no_end},
    {"quoted boundary",
     {.body = form, .content_type = "multipart/form-data; boundary=\"B\""},
     both},
    {"Boundary in upper case",
     {.body = form, .content_type = "multipart/form-data; Boundary=B"},
     both},
    {"blank after the boundary",
     {.body = form, .content_type = "multipart/form-data; boundary=B "},
     both},
    {"bare LF for CR LF",
     {.body = "--B\nContent-Disposition: form-data; name=\"file_data\"\n\ndata\n--B--\n"},
     {},
     "400 The form is malformed: its lines end in LF, and must end in CR LF."},
    {"padded boundary line", {.body = "--B \t\r\n" + form.substr(5)}, both},
    {"no boundary parameter",
     {.body = form, .content_type = "multipart/form-data"},
     {},
     "400 The form is malformed: its Content-Type has no boundary."},
    {"boundary in mid-line of the file",
     {.body =
          file("a.txt", "some --B\r\nContent-Disposition: form-data; name=\"bucket\"\r\n\r\nx") +
          closing()},
     {.files = {{"a.txt", "text/plain",
                 "some --B\r\nContent-Disposition: form-data; name=\"bucket\"\r\n\r\nx"}}}},
    {"part without headers",
     {.body = bucket + "--B\r\n\r\ndata\r\n" + closing()},
     {},
     "400 The form is malformed: a part has no Content-Disposition header."},
    {"empty part",
     {.body = bucket + "--B\r\n\r\n" + closing()},
     {},
     "400 The form is malformed: a part has no Content-Disposition header."},
    {"file name with plus and percent",
     with_disposition("name=\"file_data\"; filename=\"C++ 100%25\""), named("C++ 100%25")},
    {"file name with encoded bytes",
     with_disposition("name=\"file_data\"; filename=\"%2F..%00%41\""), named("%2F..%00%41")},
    {"file name with an encoded line break",
     with_disposition("name=\"file_data\"; filename=\"a%0d%0ab\""), named("a\r\nb")},
    {"file name with an escaped quote", with_disposition(R"(name="file_data"; filename="a\"b")"),
     named("a\"b")},
    {"extended file name alone", with_disposition("name=\"file_data\"; filename*=UTF-8''%C3%BC"),
     named("ü")},
    {"unquoted file name", with_disposition("name=\"file_data\"; filename=a.txt"), both},
    {"unquoted names", with_disposition("name=file_data; filename=a.txt"), both},
    {"empty file name with content", with_disposition("name=\"file_data\"; filename=\"\""),
     named("")},
    {"file name before the name", with_disposition("filename=\"a.txt\"; name=\"file_data\""), both},
    {"header names in lower case",
     with_headers("content-disposition: form-data; name=\"file_data\"; filename=\"a.txt\"\r\n"
                  "content-type: text/plain"),
     both},
    {"no space after the colon",
     with_headers("Content-Disposition:form-data; name=\"file_data\"; filename=\"a.txt\"\r\n"
                  "Content-Type:text/plain"),
     both},
    {"header after the content type",
     with_headers("Content-Disposition: form-data; name=\"file_data\"; filename=\"a.txt\"\r\n"
                  "Content-Type: text/plain\r\nX-Other: text/html"),
     both},
    {"parts after the closing delimiter",
     {.body = form + field("host", "evil") + closing()},
     {},
     "400 The form is malformed: there is more data after its closing delimiter."},
    {"pair without an equals sign",
     {.body = "bucket=b&file_data", .content_type = urlencoded},
     {.bucket = "b", .files = {{"", "text/plain; charset=utf-8", ""}}}},
};

BOOST_DATA_TEST_CASE(known_fault, faults, fault) {
    for (const std::size_t per_read : {1UL, in_one_read}) {
        Sent sent = fault.sent;
        sent.per_read = per_read;
        if (fault.refused.empty())
            BOOST_TEST(receive_form(sent) == fault.received);
        else
            BOOST_TEST(refusal(sent) == fault.refused);
    }
}

BOOST_AUTO_TEST_SUITE_END()
