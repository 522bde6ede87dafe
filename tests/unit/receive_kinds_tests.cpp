// Which parts of a form are files, which are fields, and which are refused: no file may be left out
// of a form that is accepted.
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

std::string typed(const std::string& parameters, const std::string& type,
                  const std::string& content) {
    return part("Content-Disposition: form-data; " + parameters + "\r\nContent-Type: " + type,
                content);
}

struct Sorted {
    std::string situation;
    std::string parts;
    Received received = {};
    std::string refused = {};  // if it is not received
};

std::ostream& operator<<(std::ostream& out, const Sorted& each) {
    return out << each.situation;
}

void check(const Sorted& each) {
    for (const bool chunked : {false, true})
        for (const std::size_t per_read : {1UL, 7UL, in_one_read}) {
            const Sent sent{
                .body = each.parts + closing(), .chunked = chunked, .per_read = per_read};
            if (each.refused.empty())
                BOOST_TEST(receive_form(sent) == each.received);
            else
                BOOST_TEST(refusal(sent) == "400 " + each.refused);
        }
}

const std::string other = file("a", "data");
const ReceivedFile other_file{"a", "text/plain", "data"};

const std::vector<Sorted> unnamed_files{
    {"image without a file name",
     typed("name=\"photo\"", "image/jpeg", "\xFF\xD8"),
     {.files = {{"photo", "image/jpeg", "\xFF\xD8"}}}},
    {"image without a file name, and a file",
     typed("name=\"photo\"", "image/jpeg", "\xFF\xD8") + other,
     {.files = {{"photo", "image/jpeg", "\xFF\xD8"}, other_file}}},
    {"image without a file name, and a name for it",
     typed("name=\"photo\"", "image/jpeg", "\xFF\xD8") + field("file_name", "n.jpg"),
     {.file_name = "n.jpg", .files = {{"photo", "image/jpeg", "\xFF\xD8"}}}},
    {"image without any name",
     typed("name=\"\"", "image/jpeg", "\xFF\xD8"),
     {.files = {{"", "image/jpeg", "\xFF\xD8"}}}},
    {"image under the name file_data: without a name, like a text",
     typed("name=\"file_data\"", "image/jpeg", "\xFF\xD8"),
     {.files = {{"", "image/jpeg", "\xFF\xD8"}}}},
    {"empty image without a file name",
     typed("name=\"photo\"", "image/jpeg", ""),
     {.files = {{"photo", "image/jpeg", ""}}}},
    {"empty octet stream without a file name: no file chosen",
     typed("name=\"photo\"", "Application/Octet-Stream; a=b", "") + other,
     {.files = {other_file}}},
    {"octet stream without a file name",
     typed("name=\"photo\"", "application/octet-stream", "x") + other,
     {.files = {{"photo", "application/octet-stream", "x"}, other_file}}},
    {"empty file name for an image without content",
     typed("name=\"photo\"; filename=\"\"", "image/jpeg", "") + other,
     {.files = {other_file}}},
};

BOOST_DATA_TEST_CASE(unnamed_file, unnamed_files, each) {
    check(each);
}

BOOST_AUTO_TEST_CASE(binary_types_without_a_file_name_are_files) {
    for (const std::string type :
         {"audio/ogg", "video/mp4", "application/pdf", "application/zip", "font/woff2",
          "model/gltf-binary", "image/svg+xml", "message/rfc822", "application/x-unknown", "jpeg"})
        BOOST_TEST(receive_form({.body = typed("name=\"p\"", type, "x") + closing()}) ==
                   (Received{.files = {{"p", type, "x"}}}));
}

BOOST_AUTO_TEST_CASE(plainly_text_types_without_a_file_name_are_ignored) {
    for (const std::string type :
         {"text/plain", "TEXT/HTML; charset=utf-8", "application/json",
          "application/json; charset=utf-8", "application/ld+json", "application/xml",
          "application/atom+xml", "application/x-www-form-urlencoded", "application/javascript"})
        BOOST_TEST(receive_form({.body = typed("name=\"meta\"", type, std::string(300000, 'x')) +
                                         other + closing()}) == (Received{.files = {other_file}}),
                   type);
}

const std::vector<Sorted> multiparts{
    {"multipart of another type",
     typed("name=\"x\"", "multipart/related; boundary=i", "--i--"),
     {},
     "The part 'x' of type multipart/related cannot be read. Send each file in a separate part "
     "of the form."},
    {"multipart of another type under the name file_data",
     typed("name=\"file_data\"", "Multipart/Alternative; boundary=i", "--i--") + other,
     {},
     "The part 'file_data' of type multipart/alternative cannot be read. Send each file in a "
     "separate part of the form."},
    {"multipart with control characters in its type",
     typed("name=\"x\x01\"", "multipart/\x02", "") + other,
     {},
     "The part 'x?' of type multipart/? cannot be read. Send each file in a separate part of the "
     "form."},
    {"multipart file",
     typed("name=\"x\"; filename=\"a.mime\"", "multipart/related; boundary=i", "--i--"),
     {.files = {{"a.mime", "multipart/related; boundary=i", "--i--"}}}},
    {"multipart/mixed file",
     typed("name=\"x\"; filename=\"a.mime\"", "multipart/mixed; boundary=i", "--i--"),
     {.files = {{"a.mime", "multipart/mixed; boundary=i", "--i--"}}}},
};

BOOST_DATA_TEST_CASE(multipart_in_a_form, multiparts, each) {
    check(each);
}

const std::vector<Sorted> fields_with_types{
    {"fields with a type",
     typed("name=\"bucket\"", "text/plain; charset=utf-8", "b") +
         typed("name=\"host\"", "application/json", "h") +
         typed("name=\"file_name\"", "application/octet-stream", "n"),
     {.file_name = "n", .bucket = "b", .host = "h"}},
    {"fields as Blobs",
     typed("name=\"bucket\"; filename=\"blob\"", "application/octet-stream", "b") +
         typed("name=\"host\"; filename=\"blob\"", "text/plain", "h") +
         typed("name=\"file_name\"; filename=\"blob\"", "image/png", "n") + other,
     {.file_name = "n", .bucket = "b", .host = "h", .files = {other_file}}},
    {"Blobs after the file",
     other + typed("name=\"bucket\"; filename=\"blob\"", "application/octet-stream", "b"),
     {.bucket = "b", .files = {other_file}}},
    {"file chooser with the name of a field, left empty",
     typed("name=\"bucket\"; filename=\"\"", "application/octet-stream", "") + other,
     {.files = {other_file}}},
    {"file with the name of a field",
     typed("name=\"host\"; filename=\"a.bin\"", "image/png", "\0\xFF"s) + other,
     {.host = "\0\xFF"s, .files = {other_file}}},
    {"Blob and field that disagree",
     field("bucket", "a") + typed("name=\"bucket\"; filename=\"blob\"", "text/plain", "b"),
     {},
     "The form has two different values for bucket."},
    {"field of a multipart type",
     typed("name=\"bucket\"", "multipart/related; boundary=i", "--i--"),
     {.bucket = "--i--"}},
    {"fields in a multipart/mixed part",
     mixed("bucket", attached("blob", "b")) +
         mixed("x", part("Content-Disposition: form-data; name=\"host\"", "h", "inner")),
     {.bucket = "b", .host = "h"}},
    {"several values of a field in a multipart/mixed part",
     mixed("bucket", attached("a", "1") + attached("b", "2")),
     {},
     "The form has two different values for bucket."},
};

BOOST_DATA_TEST_CASE(field_with_a_type, fields_with_types, each) {
    check(each);
}

BOOST_AUTO_TEST_CASE(large_file_with_the_name_of_a_field) {
    for (const std::string name : {"file_name", "bucket", "host"}) {
        const std::string parameters = "name=\"" + name + "\"; filename=\"a.bin\"";
        const auto body = [&](std::size_t size) {
            return typed(parameters, "image/png", std::string(size, 'x')) + closing();
        };
        for (const std::size_t per_read : {1000UL, in_one_read}) {
            BOOST_TEST(
                refusal({.body = body(FormLimits::fields + 1), .per_read = per_read}) ==
                "400 The part '" + name +
                    "' is a field that controls the upload, so it cannot be a file. Send the file "
                    "in a part with another name, such as file_data.");
            BOOST_CHECK_NO_THROW(
                receive_form({.body = body(FormLimits::fields), .per_read = per_read}));
        }
    }
}

BOOST_AUTO_TEST_CASE(names_of_parts_used_for_files_count_as_fields) {
    const std::string parameters = "name=\"" + std::string(16000, 'n') + "\"";
    std::string body;
    for (int i = 0; i < 17; ++i)
        body += typed(parameters, "image/png", "x");
    BOOST_TEST(refusal({.body = body + closing()}) ==
               "400 The form's fields and file names are larger than 256 KiB in total.");
}

// Apache HttpClient drops the type of a part without a file name in one of its modes.
BOOST_AUTO_TEST_CASE(binary_content_without_a_file_name) {
    const std::string binary = "\x89PNG\0\x01"s;
    const std::string not_text =
        "The part 'photo' has no file name and is not text. Send a file with a file name.";
    const auto untyped = [](const std::string& content) {
        return part("Content-Disposition: form-data; name=\"photo\"", content);
    };
    check({"NUL in a part without a type", untyped(binary) + other, {}, not_text});
    check({"bytes that are not UTF-8 in a part without a type",
           untyped("M\xFCller") + other,
           {.files = {other_file}}});
    for (const char* type : {"text/plain", "text/plain; charset=ISO-8859-1", "application/json",
                             "application/vnd.openxmlformats-officedocument+xml"}) {
        check({"NUL in a part with a text type",
               typed("name=\"photo\"", type, binary) + other,
               {},
               not_text});
    }
    check({"text in UTF-16",
           typed("name=\"note\"", "text/plain; charset=UTF-16LE", "h\0i\0"s) + other,
           {.files = {other_file}}});
}

BOOST_AUTO_TEST_SUITE_END()
