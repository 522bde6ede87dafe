#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "form/parts.h"
#include "unit/received.h"

using namespace s3drop;
using namespace s3drop::test;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(receive)

constexpr const char* text_type = "text/plain; charset=utf-8";

std::string disposition(const std::string& parameters) {
    return "Content-Disposition: form-data; " + parameters;
}

// What browsers send for a file chooser that was left empty.
const std::string nothing_chosen = part(
    disposition("name=\"file_data\"; filename=\"\"") + "\r\nContent-Type: application/octet-stream",
    "");

struct Sending {
    std::string situation;
    std::string parts;
    Received received;
};

std::ostream& operator<<(std::ostream& out, const Sending& each) {
    return out << each.situation;
}

const std::vector<Sending> sendings{
    {"no parts", "", {}},
    {"fields only", field("bucket", "b"), {.bucket = "b"}},
    {"fields before the file",
     field("bucket", "b") + field("file_name", "n") + file("a", "data"),
     {.file_name = "n", .bucket = "b", .files = {{"a", "text/plain", "data"}}}},
    {"fields after the file",
     file("a", "data") + field("file_name", "n") + field("bucket", "b") + field("host", "h"),
     {"n", "b", "h", {{"a", "text/plain", "data"}}}},
    {"fields on both sides",
     field("bucket", "b") + file("a", "data") + field("host", "h"),
     {.bucket = "b", .host = "h", .files = {{"a", "text/plain", "data"}}}},
    {"empty file", file("a", ""), {.files = {{"a", "text/plain", ""}}}},
    {"empty files between others",
     file("a", "") + file("b", "data") + file("c", ""),
     {.files = {{"a", "text/plain", ""}, {"b", "text/plain", "data"}, {"c", "text/plain", ""}}}},
    {"several files in their order",
     file("b", "1") + field("bucket", "b") + file("a", "2"),
     {.bucket = "b", .files = {{"b", "text/plain", "1"}, {"a", "text/plain", "2"}}}},
    {"two files of one name",
     file("a", "1") + file("a", "2"),
     {.files = {{"a", "text/plain", "1"}, {"a", "text/plain", "2"}}}},
    {"file under another field's name",
     part(disposition("name=\"filepond\"; filename=\"a\""), "data"),
     {.files = {{"a", "", "data"}}}},
    {"file under a name for several",
     part(disposition("name=\"files[]\"; filename=\"a\""), "data"),
     {.files = {{"a", "", "data"}}}},
    {"UTF-8 names",
     field("file_name", "日本語/Übung.txt") + file("Übung 🎉.txt", "data"),
     {.file_name = "日本語/Übung.txt", .files = {{"Übung 🎉.txt", "text/plain", "data"}}}},
    {"path in the file's name",
     file("../../etc/passwd", "data"),
     {.files = {{"../../etc/passwd", "text/plain", "data"}}}},
    {"content type with parameters",
     part(disposition("name=\"file_data\"; filename=\"a\"") +
              "\r\nContent-Type: text/csv; header=present",
          "a,b"),
     {.files = {{"a", "text/csv; header=present", "a,b"}}}},
    {"no content type",
     part(disposition("name=\"file_data\"; filename=\"a\""), "\0"s),
     {.files = {{"a", "", "\0"s}}}},
    {"a text for a file",
     field("file_data", "some\r\ntext"),
     {.files = {{"", text_type, "some\r\ntext"}}}},
    {"a text with a type",
     part(disposition("name=\"file_data\"") + "\r\nContent-Type: text/html", "<p>"),
     {.files = {{"", "text/html", "<p>"}}}},
    {"a text and a file",
     field("file_data", "text") + file("a", "data"),
     {.files = {{"", text_type, "text"}, {"a", "text/plain", "data"}}}},
    {"an empty text alone", field("file_data", ""), {.files = {{"", text_type, ""}}}},
    {"empty texts alone",
     field("file_data", "") + field("file_data", ""),
     {.files = {{"", text_type, ""}}}},
    {"an empty text before a file",
     field("file_data", "") + file("a", "data"),
     {.files = {{"a", "text/plain", "data"}}}},
    {"an empty text after a file",
     file("a", "data") + field("file_data", ""),
     {.files = {{"a", "text/plain", "data"}}}},
    {"an empty text after an empty file",
     file("a", "") + field("file_data", ""),
     {.files = {{"a", "text/plain", ""}}}},
    {"no file chosen", field("bucket", "b") + nothing_chosen, {.bucket = "b"}},
    {"no file chosen, but one elsewhere",
     nothing_chosen + file("a", "data") + nothing_chosen,
     {.files = {{"a", "text/plain", "data"}}}},
    {"no file chosen, but a text",
     nothing_chosen + field("file_data", "text"),
     {.files = {{"", text_type, "text"}}}},
    {"a file with an empty name",
     part(disposition("name=\"file_data\"; filename=\"\""), "data"),
     {.files = {{"", "", "data"}}}},
    {"unknown fields", field("_charset_", "utf-8") + field("a", std::string(300000, 'a')), {}},
    {"fields in other spellings",
     field("Bucket", "x") + field("bucket ", "y") + field("", "z"),
     {}},
    {"fields left empty",
     field("bucket", "") + field("host", "") + file("a", "data"),
     {.files = {{"a", "text/plain", "data"}}}},
    {"duplicates that agree",
     field("bucket", "b") + file("a", "data") + field("bucket", "b"),
     {.bucket = "b", .files = {{"a", "text/plain", "data"}}}},
    {"duplicates of which one is empty",
     field("bucket", "") + field("bucket", "b") + field("bucket", ""),
     {.bucket = "b"}},
    {"value with the compact form's boundary",
     field("file_name", "s3drop") + field("bucket", "--s3drop\r\n") +
         file("s3drops3drop", "s3drop"),
     {.file_name = "s3drop",
      .bucket = "--s3drop\r\n",
      .files = {{"s3drops3drop", "text/plain", "s3drop"}}}},
    {"value with NUL, quotes and line breaks",
     field("file_name", "a\0\"b\"\r\n\r\n;c="s),
     {.file_name = "a\0\"b\"\r\n\r\n;c="s}},
};

BOOST_DATA_TEST_CASE(received, sendings, each) {
    for (const bool chunked : {false, true})
        for (const std::size_t per_read : {1UL, 7UL, in_one_read})
            BOOST_TEST(receive_form({.body = each.parts + closing(),
                                     .chunked = chunked,
                                     .per_read = per_read}) == each.received);
}

BOOST_AUTO_TEST_CASE(duplicates_that_disagree) {
    for (const std::string name : {"file_name", "bucket", "host"})
        for (const std::string& between : {""s, file("a", "data"), field(name, "")})
            BOOST_TEST(
                refusal({.body = field(name, "1") + between + field(name, "2") + closing()}) ==
                "400 The form has two different values for " + name + ".");
}

BOOST_AUTO_TEST_CASE(files_above_5_mb_have_their_size) {
    const std::string large = noise(5'500'000);
    const Received expected{.bucket = "b",
                            .files = {{"large", "text/plain", large},
                                      {"small", "text/plain", "data"},
                                      {"large", "text/plain", large}}};
    BOOST_TEST(receive_form({.body = file("large", large) + file("small", "data") +
                                     file("large", large) + field("bucket", "b") + closing()}) ==
               expected);
}

const std::string too_large =
    "400 The form's fields and file names are larger than 256 KiB in total.";

BOOST_AUTO_TEST_CASE(fields_as_large_as_allowed) {
    const std::string half(FormLimits::fields / 2, 'v');
    const std::string body = field("file_name", half) + field("bucket", half);
    for (const std::size_t per_read : {1000UL, in_one_read}) {
        BOOST_TEST(receive_form({.body = body + closing(), .per_read = per_read}) ==
                   (Received{.file_name = half, .bucket = half}));
        BOOST_TEST(refusal({.body = body + field("host", "h") + closing(), .per_read = per_read}) ==
                   too_large);
    }
}

BOOST_AUTO_TEST_CASE(endless_field) {
    const std::string body = "--B\r\n" + disposition("name=\"bucket\"") + "\r\n\r\n";
    BOOST_TEST(refusal({.body = body, .endless = 1UL << 30U}) == too_large);
    BOOST_TEST(
        refusal({.body = "bucket=", .content_type = test::urlencoded, .endless = 1UL << 30U}) ==
        too_large);
}

// A thousand parts with 16 KiB of headers each would take 16 MB of memory in a worker.
BOOST_AUTO_TEST_CASE(file_names_and_types_count_as_fields) {
    const std::string name(16000, 'n');
    std::string names;
    std::string types;
    for (int i = 0; i < 17; ++i) {
        names += file(name, "data");
        types +=
            part(disposition("name=\"f\"; filename=\"\"") + "\r\nContent-Type: " + name, "data");
    }
    BOOST_TEST(refusal({.body = names + closing()}) == too_large);
    BOOST_TEST(refusal({.body = types + closing()}) == too_large);
}

BOOST_AUTO_TEST_CASE(a_thousand_files_with_ordinary_names) {
    std::string body;
    Received expected;
    for (int i = 0; i < 1000; ++i) {
        const std::string name = std::string(200, 'n') + std::to_string(i);
        body += file(name, std::to_string(i));
        expected.files.push_back({name, "text/plain", std::to_string(i)});
    }
    BOOST_TEST(receive_form({.body = body + closing()}) == expected);
}

BOOST_AUTO_TEST_SUITE_END()
