#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "base/hex.h"
#include "base/percent.h"
#include "form/parts.h"
#include "form/urlencoded.h"
#include "unit/received.h"

using namespace s3drop;
using namespace s3drop::test;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(urlencoded)

constexpr const char* text_type = "text/plain; charset=utf-8";
constexpr std::size_t window = Urlencoded::window_size;

Sent sent(const std::string& body, std::size_t per_read = window) {
    return {.body = body, .content_type = test::urlencoded, .per_read = per_read};
}

Received text(const std::string& content) {
    return {.files = {{"", text_type, content}}};
}

struct Pairs {
    std::string body;
    Received received;
};

std::ostream& operator<<(std::ostream& out, const Pairs& each) {
    return out << each.body;
}

const std::vector<Pairs> all_pairs{
    {"file_data=data", text("data")},
    {"file_data=a+b", text("a b")},
    {"file_data=a%2Bb%2bc", text("a+b+c")},
    {"file_data=a%20b%0D%0A%00", text("a b\r\n\0"s)},
    {"file_data=%C3%BC+%F0%9F%8E%89", text("ü 🎉")},
    {"file_data=ü", text("ü")},
    {"file_data=a=b==", text("a=b==")},
    {"file_data==", text("=")},
    {"file_data==a", text("=a")},
    {"file_data=%26%3D%25%2541", text("&=%%41")},
    {"file_data=data;file_name=n", text("data;file_name=n")},
    {"file_data=data\r\n", text("data\r\n")},
    {"file%5Fdata=data&b%75cket=b&%66ile_name=n",
     {.file_name = "n", .bucket = "b", .files = {{"", text_type, "data"}}}},
    {"file_data=data&file_name=n&bucket=b&host=h", {"n", "b", "h", {{"", text_type, "data"}}}},
    {"file_name=n&bucket=b&host=h&file_data=data", {"n", "b", "h", {{"", text_type, "data"}}}},
    {"bucket=b", {.bucket = "b"}},
    {"", {}},
    {"&&&", {}},
    {"&&bucket=b&&file_data=data&&", {.bucket = "b", .files = {{"", text_type, "data"}}}},
    {"=", {}},
    {"=value&=&bucket=b", {.bucket = "b"}},
    {"unknown=bucket=evil&unknown=host&host=h", {.host = "h"}},
    {"bucket=b&host", {.bucket = "b"}},
    {"bucket&host=h", {.host = "h"}},
    {"file_data", text("")},
    {"file_data=", text("")},
    {"file_data=&bucket=b", {.bucket = "b", .files = {{"", text_type, ""}}}},
    {"unknown=a&bucket=b&another", {.bucket = "b"}},
    {"Bucket=a&bucket+=b&+bucket=c&file_data[]=d", {}},
    {"file_data=one&file_data=two", {.files = {{"", text_type, "one"}, {"", text_type, "two"}}}},
    {"bucket=b&bucket=b", {.bucket = "b"}},
    {"file_name=C%2B%2B+100%25+%22%3B%0D%0A+%C3%BC", {.file_name = "C++ 100% \";\r\n ü"}},
};

BOOST_DATA_TEST_CASE(pairs, all_pairs, each) {
    for (const std::size_t per_read : {1UL, 2UL, 3UL, 7UL, window})
        BOOST_TEST(receive_form(sent(each.body, per_read)) == each.received);
}

BOOST_AUTO_TEST_CASE(bad_escapes_are_refused) {
    for (const std::string escape : {"%", "%4", "%zz", "%4g", "%%41", "% 41", "%+1", "%u00FC",
                                     "%4&a=b1", "100%&a=b", "100% sure"})
        for (const std::string before : {"file_data=", "bucket=", "unknown=", "a=b&", ""})
            for (const std::size_t per_read : {1UL, window})
                BOOST_TEST(refusal(sent(before + escape, per_read)) ==
                               "400 The form is malformed: its percent-encoding is not valid.",
                           before + escape);
}

// Every byte is encoded, so that an escape lies across every edge of the reads and of the blocks.
BOOST_AUTO_TEST_CASE(value_split_at_every_edge) {
    const std::string content = noise(window + window / 10);
    std::string encoded;
    for (const char c : content)
        encoded += "%" + hex_number(static_cast<unsigned char>(c), 2);
    for (const std::string before : {"", "&", "&&", "bucket=b&"}) {
        Received expected = text(content);
        if (before.size() > 2) expected.bucket = "b";
        for (const std::size_t per_read :
             {1UL, 2UL, 3UL, 7UL, 8191UL, window - 1, window, window + 1})
            BOOST_TEST(receive_form(sent(before + "file_data=" + encoded, per_read)) == expected);
    }
}

BOOST_AUTO_TEST_CASE(sizes_around_the_window) {
    std::string bytes;
    for (std::size_t i = 0; bytes.size() < 2 * window + 2; ++i)
        bytes += std::to_string(i);
    for (const std::size_t around : {window, 2 * window})
        for (std::size_t size = around - 12; size <= around + 2; ++size)
            for (const std::string after : {"", "&", "&bucket=b"}) {
                Received expected = text(bytes.substr(0, size));
                if (after.size() > 1) expected.bucket = "b";
                BOOST_TEST(receive_form(sent("file_data=" + bytes.substr(0, size) + after)) ==
                           expected);
            }
}

BOOST_AUTO_TEST_CASE(five_megabytes_of_file_data_before_other_fields) {
    const std::string content = noise(5'000'000);
    const std::string body = "file_data=" + uri_encode(content, false) + "&bucket=b&file_name=n";
    const Received expected{.file_name = "n", .bucket = "b", .files = {{"", text_type, content}}};
    BOOST_TEST(receive_form(sent(body)) == expected);
}

BOOST_AUTO_TEST_CASE(cut_at_every_offset) {
    const std::string body = "bucket=b&file_data=a%20b+c&file_name=%C3%BC";
    for (std::size_t cut = 0; cut < body.size(); ++cut)
        for (const std::size_t per_read : {1UL, window}) {
            Sent short_of = sent(body.substr(0, cut), per_read);
            short_of.content_length = body.size();
            const std::string taken = refusal(short_of);
            BOOST_TEST(taken == "400 The upload broke off after " + std::to_string(cut) + " of " +
                                    std::to_string(body.size()) + " bytes.");
        }
}

BOOST_AUTO_TEST_CASE(never_read_past_content_length) {
    Sent longer = sent("bucket=b&file_name=name");
    longer.content_length = std::string("bucket=b").size();
    BOOST_TEST(receive_form(longer) == (Received{.bucket = "b"}));
}

BOOST_AUTO_TEST_CASE(as_many_fields_as_allowed_and_one_more) {
    std::string body = "file_data=data";
    for (std::size_t i = 1; i < FormLimits::parts; ++i)
        body += "&a";
    BOOST_TEST(receive_form(sent(body)) == text("data"));
    BOOST_TEST(refusal(sent(body + "&a")) ==
               "400 The form is malformed: it has more than 1000 fields.");
}

BOOST_AUTO_TEST_CASE(separators_do_not_count_as_fields) {
    const std::string separators(2 * FormLimits::parts, '&');
    BOOST_TEST(receive_form(sent(separators + "file_data=data" + separators)) == text("data"));
}

// Its value comes in several blocks, and the beginning of a block is not a field.
BOOST_AUTO_TEST_CASE(long_value_of_an_unknown_field) {
    const Received expected{.bucket = "b", .files = {{"", text_type, "data"}}};
    for (const std::size_t blocks : {1UL, 2UL, 3UL})
        for (const std::size_t per_read : {1UL, window})
            BOOST_TEST(receive_form(sent("unknown=" + std::string(blocks * window, 'x') +
                                             "bucket=other&bucket=b&file_data=data",
                                         per_read)) == expected);
}

BOOST_AUTO_TEST_CASE(long_and_endless_names) {
    const std::string name(FormLimits::field_name, 'n');
    BOOST_TEST(receive_form(sent(name + "=v&file_data=data")) == text("data"));
    for (const std::string& body : {name + "n=v", name + "%6E=v", ""s}) {
        Sent endless = sent(body);
        endless.endless = 1UL << 30U;
        BOOST_TEST(refusal(endless) ==
                   "400 The form is malformed: a field's name is longer than 16 KiB.");
    }
}

BOOST_AUTO_TEST_SUITE_END()
