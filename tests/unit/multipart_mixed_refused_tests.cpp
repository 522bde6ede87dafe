// Forms that are refused because of a multipart/mixed part, and why.
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

BOOST_AUTO_TEST_SUITE(multipart_mixed)

const std::string malformed = "400 The form is malformed: ";
const std::string container = "the multipart/mixed part 'files'";
const std::string cut = malformed + container + " ends before its closing delimiter.";
const std::string early =
    malformed + "there is data before the first delimiter of " + container + ".";
const std::string more =
    malformed + "there is more data after the closing delimiter of " + container + ".";
const std::string no_end = malformed + "it ends before its closing delimiter.";
const std::string not_a_delimiter =
    malformed + "a line begins with the boundary but is not a delimiter.";

// The headers of a multipart/mixed part, with the delimiter before and the blank line after them.
std::string opening(const std::string& type) {
    return "--B\r\nContent-Disposition: form-data; name=\"files\"\r\nContent-Type: " + type +
           "\r\n\r\n";
}

const std::string opened = opening("multipart/mixed; boundary=inner");
const std::string two = attached("a", "1") + attached("b", "2");
const std::string last = field("bucket", "b") + closing();

struct Refused {
    std::string situation;
    std::string body;
    std::string refused;
};

std::ostream& operator<<(std::ostream& out, const Refused& each) {
    return out << each.situation;
}

const std::vector<Refused> refusals{
    {"form's delimiter before the closing one", opened + two + last, cut},
    {"form's closing delimiter before the closing one", opened + two + closing(), cut},
    {"form's delimiter right after the headers of a part",
     opened + "--inner\r\nContent-Disposition: attachment; filename=a\r\n\r\n" + last +
         closing("inner") + last,
     cut},
    {"form's delimiter before the first one",
     opened + last + "\r\n" + two + closing("inner") + last, early},
    {"no inner delimiter", opened + "x\r\n" + last, no_end},
    {"no inner delimiter in a large form",
     opened + "x\r\n" + file("a", std::string(20000, 'x')) + last, early},
    {"text before the first delimiter", opened + "x\r\n" + two + closing("inner") + last, early},
    {"files with another boundary before the first delimiter",
     mixed("files", attached("a", "1", "other") + two) + last, early},
    {"first delimiter in mid-line", opened + "x--inner\r\n" + two + closing("inner") + last, early},
    {"text behind a delimiter", opened + "--innermost" + two.substr(7) + closing("inner") + last,
     not_a_delimiter},
    {"text after the closing delimiter", opened + two + "--inner--\r\nx\r\n" + last, more},
    {"text behind the closing delimiter", opened + two + "--inner--x\r\n" + last, more},
    {"a part after the closing delimiter",
     opened + two + closing("inner") + two + closing("inner") + last, more},
    {"blanks after the closing delimiter",
     opened + two + closing("inner") + std::string(FormLimits::preamble, '\n') + "\r\n" + last,
     more},
    {"no boundary", opening("multipart/mixed") + two + closing("inner") + last,
     malformed + container + " has no valid boundary."},
    {"boundary that is not valid",
     opening("multipart/mixed; boundary=\"in\x01\"") + two + closing("inner") + last,
     malformed + container + " has no valid boundary."},
    {"parameter that is not valid", opening("multipart/mixed; boundary") + last,
     malformed + container + " has no valid boundary."},
    {"form's boundary", mixed("files", attached("a", "1", "B"), "B") + last,
     malformed + "the boundary of " + container + " cannot be told apart from the form's."},
    {"boundary that begins with the form's", mixed("files", attached("a", "1", "B1"), "B1") + last,
     malformed + "the boundary of " + container + " cannot be told apart from the form's."},
    {"multipart/mixed in a multipart/mixed part",
     mixed("files", mixed("deep", attached("a", "1", "deepest"), "deepest", "inner")) + last,
     "400 The part 'deep' of type multipart/mixed cannot be read. Send each file in a separate "
     "part of the form."},
    {"multipart of another type in a multipart/mixed part",
     mixed("files", part("Content-Disposition: attachment\r\nContent-Type: multipart/related", "",
                         "inner")) +
         last,
     "400 The part 'files' of type multipart/related cannot be read. Send each file in a separate "
     "part of the form."},
    {"part without a disposition",
     mixed("files", part("Content-Type: text/plain", "1", "inner")) + last,
     malformed + "a part has no Content-Disposition header."},
    {"transfer encoding that changes the bytes",
     mixed("files", part("Content-Disposition: attachment; filename=a\r\n"
                         "Content-Transfer-Encoding: base64",
                         "MQ==", "inner")) +
         last,
     malformed + "a part has an unsupported Content-Transfer-Encoding."},
};

BOOST_DATA_TEST_CASE(refused, refusals, each) {
    for (const bool chunked : {false, true})
        for (const std::size_t per_read : {1UL, 7UL, in_one_read})
            BOOST_TEST(refusal({.body = each.body, .chunked = chunked, .per_read = per_read}) ==
                       each.refused);
}

BOOST_AUTO_TEST_CASE(form_boundary_that_begins_with_the_inner_one) {
    const std::string body = mixed("files", attached("a", "1", "B"), "B", "BB") + closing("BB");
    BOOST_TEST(refusal({.body = body, .content_type = "multipart/form-data; boundary=BB"}) ==
               malformed + "the boundary of " + container +
                   " cannot be told apart from the form's.");
}

BOOST_AUTO_TEST_CASE(cut_at_every_offset) {
    const std::string whole =
        field("host", "h") + mixed("files", attached("a", "\r\n--inne\r\n--") + two) + last;
    for (std::size_t length = 0; length < whole.size() - 2; ++length)
        for (const std::size_t per_read : {1UL, in_one_read})
            BOOST_TEST(
                refusal({.body = whole.substr(0, length), .chunked = true, .per_read = per_read}) ==
                    no_end,
                "cut at " << length);
}

// The form's delimiter comes in place of the rest of the multipart/mixed part.
BOOST_AUTO_TEST_CASE(cut_at_every_offset_by_the_form) {
    const std::string parts = two + "--inner--";
    for (std::size_t length = 0; length < parts.size(); ++length)
        for (const std::size_t per_read : {1UL, in_one_read}) {
            const std::string seen = refusal(
                {.body = opened + parts.substr(0, length) + "\r\n" + last, .per_read = per_read});
            BOOST_TEST(seen.starts_with(malformed), "cut at " << length << ": " << seen);
        }
}

BOOST_AUTO_TEST_CASE(one_part_too_many) {
    std::string inside;
    for (std::size_t i = 0; i < FormLimits::parts; ++i)
        inside += attached("a", "1");
    std::string containers;
    for (std::size_t i = 0; i <= FormLimits::parts; ++i)
        containers += mixed("files", "");
    for (const std::string& parts : {mixed("files", inside), containers})
        BOOST_TEST(refusal({.body = parts + last}) == malformed + "it has more than 1000 parts.");
}

BOOST_AUTO_TEST_CASE(endless_multipart_mixed_part) {
    constexpr std::size_t gibibyte = 1024UL * 1024 * 1024;
    BOOST_TEST(refusal({.body = opened, .endless = gibibyte}) == early);
    BOOST_TEST(refusal({.body = opened + two + "--inner--", .endless = gibibyte}) == more);
}

BOOST_AUTO_TEST_SUITE_END()
