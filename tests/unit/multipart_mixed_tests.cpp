// Files inside a multipart/mixed part. What is refused is in multipart_mixed_refused_tests.cpp.
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "form/multipart_form.h"
#include "form/parts.h"
#include "unit/fakes.h"
#include "unit/received.h"
#include "web/body.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(multipart_mixed)

// The delimiter before a multipart/mixed part and the beginning of its headers.
const std::string begun = "--B\r\nContent-Disposition: form-data; name=\"files\"\r\n";
const std::string opened = begun + "Content-Type: multipart/mixed; boundary=inner\r\n\r\n";
const std::string two = attached("a", "1") + attached("b", "2");
const std::string last = field("bucket", "b") + closing();

const Received both{.bucket = "b", .files = {{"a", "text/plain", "1"}, {"b", "text/plain", "2"}}};
const Received neither{.bucket = "b"};

struct Nesting {
    std::string situation;
    std::string body;
    Received received;
};

std::ostream& operator<<(std::ostream& out, const Nesting& each) {
    return out << each.situation;
}

const std::vector<Nesting> accepted{
    {"as curl writes it", mixed("files", two) + last, both},
    {"last in the form", field("bucket", "b") + mixed("files", two) + closing(), both},
    {"as RFC 2388 writes it",
     mixed("files", part("Content-Disposition: file; filename=\"a\"\r\nContent-Type: text/plain",
                         "1", "inner") +
                        attached("b", "2")) +
         last,
     both},
    {"with form-data and a name",
     mixed("files", part("Content-Disposition: form-data; name=\"x\"; filename=\"a\"\r\n"
                         "Content-Type: text/plain",
                         "1", "inner") +
                        attached("b", "2")) +
         last,
     both},
    {"in two multipart/mixed parts with one boundary",
     mixed("files", attached("a", "1")) + mixed("files", attached("b", "2")) + last, both},
    {"in two multipart/mixed parts with two boundaries",
     mixed("files", attached("a", "1", "one"), "one") +
         mixed("files", attached("b", "2", "two"), "two") + last,
     both},
    {"next to a file", mixed("files", attached("a", "1")) + file("b", "2") + last, both},
    {"under the name file_data", mixed("file_data", two) + last, both},
    {"type in other spelling",
     begun + "Content-Type: Multipart/Mixed; Boundary=\"inner\"\r\n\r\n" + two + closing("inner") +
         "\r\n" + last,
     both},
    {"transfer encoding of curl",
     mixed("files", part("Content-Disposition: attachment; filename=\"a\"\r\nContent-Type: "
                         "text/plain\r\nContent-Transfer-Encoding: binary",
                         "1", "inner") +
                        attached("b", "2")) +
         last,
     both},
    {"blank line before the first delimiter", opened + "\r\n" + two + closing("inner") + last,
     both},
    {"padded delimiters", opened + "--inner \t" + two.substr(7) + "--inner-- \t\r\n \r\n" + last,
     both},
    {"closing delimiter that shares its CR LF", opened + two + "--inner--\r\n" + last, both},
    {"no parts", opened + closing("inner") + last, neither},
    {"no file chosen", mixed("files", attached("", "")) + last, neither},
    {"file without a name gets the name of the field",
     mixed("files", part("Content-Disposition: attachment", "1", "inner")) + last,
     {.bucket = "b", .files = {{"files", "", "1"}}}},
    {"text with a name and without a file name is a field",
     mixed("files", part("Content-Disposition: attachment; name=\"note\"", "1", "inner")) + last,
     neither},
    {"empty parts that share their CR LF",
     opened + "--inner\r\nContent-Disposition: attachment; filename=a\r\n\r\n" +
         "--inner\r\nContent-Disposition: attachment; filename=b\r\n\r\n" + closing("inner") + last,
     {.bucket = "b", .files = {{"a", "", ""}, {"b", "", ""}}}},
    {"line with the form's boundary after other bytes",
     mixed("files", attached("a", "x--B\r\n\n--B--\r\n\r--B")) + last,
     {.bucket = "b", .files = {{"a", "text/plain", "x--B\r\n\n--B--\r\n\r--B"}}}},
    {"inner delimiter in a file after the multipart/mixed part",
     mixed("files", attached("a", "1")) + file("b", "\r\n--inner--\r\n") + last,
     {.bucket = "b",
      .files = {{"a", "text/plain", "1"}, {"b", "text/plain", "\r\n--inner--\r\n"}}}},
    {"boundaries that share their first characters",
     mixed("files", attached("a", "1", "AB") + attached("b", "2", "AB"), "AB") + last, both},
};

BOOST_DATA_TEST_CASE(files_in_a_multipart_mixed_part, accepted, each) {
    for (const bool chunked : {false, true})
        for (const std::size_t per_read : {1UL, 7UL, in_one_read})
            BOOST_TEST(
                receive_form({.body = each.body, .chunked = chunked, .per_read = per_read}) ==
                each.received);
}

BOOST_AUTO_TEST_CASE(as_many_parts_as_allowed) {
    std::string parts;
    Received expected{.bucket = "b"};
    for (std::size_t i = 0; i < FormLimits::parts - 2; ++i) {
        parts += attached(std::to_string(i), "1");
        expected.files.push_back({std::to_string(i), "text/plain", "1"});
    }
    BOOST_TEST(receive_form({.body = mixed("files", parts) + last}) == expected);
}

// A file that ends near an edge of the window, and the delimiters after it, for inner boundaries
// that are longer and shorter than the form's.
void check_size(std::size_t size, const std::string& inner, std::size_t per_read) {
    std::string content = noise(size);
    for (char& c : content)
        if (c == '\r' || c == '\n') c = 'x';
    const std::string body =
        mixed("files", attached("a", content, inner) + attached("b", "2", inner), inner, "Outer") +
        file("c", "3", "Outer") + closing("Outer");
    const Received expected{.files = {{"a", "text/plain", content},
                                      {"b", "text/plain", "2"},
                                      {"c", "text/plain", "3"}}};
    BOOST_TEST(receive_form({.body = body,
                             .content_type = "multipart/form-data; boundary=Outer",
                             .chunked = true,
                             .per_read = per_read}) == expected,
               size << " bytes, the boundary is " << inner);
}

BOOST_AUTO_TEST_CASE(delimiters_across_the_edges_of_the_window) {
    constexpr std::size_t block = MultipartForm::window_size - MultipartForm::page;
    for (const std::string& inner : {std::string("i"), std::string(30, 'i')})
        for (const std::size_t edge : {block, MultipartForm::window_size, 2 * block})
            for (std::size_t before = 0; before < 600; before += edge == block ? 1 : 7)
                check_size(edge - before, inner, in_one_read);
}

BOOST_AUTO_TEST_CASE(delimiters_across_the_edges_of_reads) {
    for (const std::string& inner : {std::string("i"), std::string(30, 'i')})
        for (std::size_t size = 0; size < 500; ++size)
            check_size(size, inner, 400);
}

BOOST_AUTO_TEST_CASE(offsets_of_the_files_in_the_body) {
    FakeRequest request(mixed("files", two) + file("c", "3") + closing());
    Body body(request, request.body.size(), request.body.size());
    MultipartForm parts(body, "B");
    for (const std::string content : {"1", "2", "3"}) {
        BOOST_REQUIRE(parts.next());
        const std::size_t offset = parts.data_offset().value();
        BOOST_TEST(request.body.substr(offset, 3) == content + "\r\n");
        // What follows a file in a multipart/mixed part is not known in advance.
        BOOST_TEST(parts.implied_size().has_value() == (content == "3"));
        BOOST_TEST(parts.data() == content);
        BOOST_TEST(parts.data() == "");
        BOOST_TEST(parts.at_end() == (content == "3"));
    }
    BOOST_TEST(!parts.next().has_value());
}

BOOST_AUTO_TEST_CASE(end_after_a_multipart_mixed_part) {
    FakeRequest request(mixed("files", attached("a", "1")) + closing());
    Body body(request, request.body.size(), request.body.size());
    MultipartForm parts(body, "B");
    BOOST_REQUIRE(parts.next());
    BOOST_TEST(parts.data() == "1");
    BOOST_TEST(parts.data() == "");
    BOOST_TEST(parts.at_end());
}

BOOST_AUTO_TEST_SUITE_END()
