#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/failure.h"
#include "form/form.h"

using namespace s3drop;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(form)

std::string all_bytes() {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte)
        bytes += static_cast<char>(byte);
    return bytes;
}

// Values that a careless encoding, or cgicc's own framing, would change.
const std::vector<std::string> awkward{
    "plain.txt",
    "C++ 100%25",
    "+",
    " ",
    "  two  blanks  ",
    "%",
    "%41%2F%00",
    "\"",
    "say \"hi\"",
    "a;b; filename=\"c\"",
    "line\r\nline",
    "\r\n",
    "\r",
    "\n",
    "\r\n\r\n",
    "a\0b"s,
    "Übung 日本語 🎉",
    "broken \xFF\xC3",
    "C:\\fakepath\\x",
    "../../etc/passwd",
    "a&b=c",
    "s3drop",
    "--s3drop--",
    "\r\n--s3drop\r\n",
    "s3dropx s3dropxx",
    "s3drops3drop s3drops3drops3drops3drop",
    "Content-Disposition: form-data; name=\"bucket\"\r\n\r\nevil",
    "Content-Type: text/html\r\n\r\n",
    "name=\"bucket\"; filename=\"evil\"",
    std::string(5000, 'n'),
    all_bytes(),
};

FormFile through_cgicc(const std::string& name, const std::string& type) {
    CompactForm compact;
    compact.add_file({.name = "file_data", .filename = name, .content_type = type}, {}, {});
    const Form decoded = compact.decode();
    BOOST_REQUIRE(decoded.files.size() == 1U);
    return decoded.files.front();
}

BOOST_AUTO_TEST_CASE(empty_form) {
    const Form decoded = CompactForm().decode();
    BOOST_TEST(decoded.file_name.empty());
    BOOST_TEST(decoded.bucket.empty());
    BOOST_TEST(decoded.host.empty());
    BOOST_TEST(decoded.files.empty());
}

BOOST_AUTO_TEST_CASE(file_names_come_back_exactly) {
    for (const std::string& name : awkward)
        BOOST_TEST(through_cgicc(name, "text/plain").name == name);
    BOOST_TEST(through_cgicc("", "text/plain").name.empty());
}

BOOST_AUTO_TEST_CASE(values_come_back_exactly) {
    for (const std::string& value : awkward) {
        CompactForm compact;
        compact.add_field("bucket", value);
        compact.add_field("file_name", value + ".");
        compact.add_file({.name = "file_data", .filename = value, .content_type = ""}, {}, {});
        compact.add_field("host", "." + value);
        const Form decoded = compact.decode();
        BOOST_TEST(decoded.bucket == value);
        BOOST_TEST(decoded.file_name == value + ".");
        BOOST_TEST(decoded.host == "." + value);
        BOOST_REQUIRE(decoded.files.size() == 1U);
        BOOST_TEST(decoded.files.front().name == value);
    }
}

// Without CR LF: it ends a header, so the scanner never returns a type with one.
BOOST_AUTO_TEST_CASE(types_come_back_exactly) {
    for (const std::string type :
         {"text/plain", "text/plain; charset=\"utf-8\"; name=\"a;b\"", "application/x-s3drop", "\"",
          "ü", "filename=\"evil\"", "Content-Type: text/html", "no type", "a\tb", "TEXT/HTML"})
        BOOST_TEST(through_cgicc("name", type).content_type == type);
}

BOOST_AUTO_TEST_CASE(a_file_without_a_type) {
    BOOST_TEST(through_cgicc("a.bin", "").content_type.empty());
}

BOOST_AUTO_TEST_CASE(each_file_keeps_its_own_values) {
    CompactForm compact;
    for (std::uint64_t i = 0; i < 1000; ++i)
        compact.add_file({.name = "f", .filename = "n" + std::to_string(i), .content_type = "a/b"},
                         {.offset = 10 * i, .size = i}, "hash " + std::to_string(i));
    const Form decoded = compact.decode();
    BOOST_REQUIRE(decoded.files.size() == 1000U);
    for (std::uint64_t i = 0; i < 1000; ++i) {
        const FormFile& file = decoded.files[i];
        BOOST_TEST(file.name == "n" + std::to_string(i));
        BOOST_TEST(file.extent.offset == 10 * i);
        BOOST_TEST(file.extent.size == i);
        BOOST_TEST(file.payload_hash == "hash " + std::to_string(i));
    }
}

BOOST_AUTO_TEST_CASE(names_of_fields) {
    for (const std::string name : {"file_name", "bucket", "host"})
        BOOST_TEST(CompactForm::is_field(name), name);
    for (const std::string name : {"", "Bucket", "bucket ", "bucket2", "file_data", "name\"", "x"})
        BOOST_TEST(!CompactForm::is_field(name), name);
}

BOOST_AUTO_TEST_CASE(duplicate_fields_that_agree) {
    for (const std::string name : {"file_name", "bucket", "host"}) {
        CompactForm compact;
        for (const std::string value : {"", "same", "", "same", ""})
            compact.add_field(name, value);
        const Form decoded = compact.decode();
        BOOST_TEST(decoded.file_name + decoded.bucket + decoded.host == "same");
    }
}

BOOST_AUTO_TEST_CASE(duplicate_fields_that_disagree) {
    for (const std::string name : {"file_name", "bucket", "host"}) {
        CompactForm compact;
        compact.add_field(name, "one");
        compact.add_field(name, "One");
        BOOST_CHECK_EXCEPTION(compact.decode(), Failure, [&](const Failure& failure) {
            return failure.status == Status::bad_request &&
                   failure.detail == "The form has two different values for " + name + ".";
        });
    }
}

// Changes the process's environment during its lifetime.
struct HostileEnvironment {
    HostileEnvironment() {
        for (const auto& [name, value] : variables)
            setenv(name.c_str(), value.c_str(), 1);
    }
    ~HostileEnvironment() {
        for (const auto& [name, value] : variables)
            unsetenv(name.c_str());
    }
    HostileEnvironment(const HostileEnvironment&) = delete;
    HostileEnvironment& operator=(const HostileEnvironment&) = delete;

    const std::map<std::string, std::string> variables{
        {"QUERY_STRING", "bucket=evil&host=evil"},
        {"REQUEST_METHOD", "GET"},
        {"CONTENT_TYPE", "text/plain"},
        {"CONTENT_LENGTH", "0"},
        {"HTTP_COOKIE", "bucket=evil"},
    };
};

// cgicc reads the process's own environment if its input does not override getenv().
BOOST_FIXTURE_TEST_CASE(environment_and_query_string_are_ignored, HostileEnvironment) {
    CompactForm compact;
    compact.add_field("file_name", "n");
    compact.add_file({.name = "file_data", .filename = "a.txt", .content_type = {}}, {}, {});
    const Form decoded = compact.decode();
    BOOST_TEST(decoded.file_name == "n");
    BOOST_TEST(decoded.files.size() == 1U);
    BOOST_TEST(decoded.bucket.empty());
    BOOST_TEST(decoded.host.empty());
}

BOOST_AUTO_TEST_CASE(repetitive_value) {
    for (const std::string unit : {"x", "s3drop", "s3drops3drops"}) {
        std::string value = "s3drop";
        while (value.size() < 255UL * 1024)
            value += unit;
        CompactForm compact;
        compact.add_field("bucket", value);
        BOOST_TEST((compact.decode().bucket == value), unit);
    }
}

BOOST_AUTO_TEST_CASE(last_component_of_a_path) {
    const struct {
        const char* path;
        const char* last;
    } cases[] = {
        {"a.txt", "a.txt"},
        {"/home/ada/a.txt", "a.txt"},
        {"C:\\fakepath\\a.txt", "a.txt"},
        {"a/b\\c", "c"},
        {"a\\b/c", "c"},
        {"a/", ""},
        {"a\\", ""},
        {"", ""},
        {"../../etc/passwd", "passwd"},
        {"..", ".."},
    };
    for (const auto& each : cases)
        BOOST_TEST(last_component(each.path) == each.last, each.path);
}

BOOST_AUTO_TEST_SUITE_END()
