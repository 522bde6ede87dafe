// Bodies made to keep a worker busy. Their cost is counted: bytes read, reads, and bytes searched
// for a delimiter.
#include <boost/test/unit_test.hpp>

#include <ostream>

#include "form/multipart_form.h"
#include "form/parts.h"
#include "form/urlencoded.h"
#include "unit/canned_site.h"
#include "unit/received.h"
#include "unit/scanned.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(attack_floods)

constexpr std::size_t window = MultipartForm::window_size;
constexpr std::size_t block = window - MultipartForm::page;  // the largest that the scanner returns
constexpr std::size_t mebibyte = 1024UL * 1024;

std::string repeated(std::string_view unit, std::size_t size) {
    std::string text;
    text.reserve(size + unit.size());
    while (text.size() < size)
        text += unit;
    return text;
}

// The work that one upload caused.
struct Cost {
    int status = 0;
    std::size_t given = 0;
    std::size_t reads = 0;
    std::uint64_t scanned = 0;
};

Cost cost_of(const std::string& type, const std::string& body, std::size_t per_read = window,
             std::size_t endless = 0) {
    CannedSite site;
    set_post(site.request, type, body);
    site.request.per_read = per_read;
    site.request.endless = endless;
    if (endless > 0)
        site.request.variables["CONTENT_LENGTH"] = std::to_string(body.size() + endless);
    const std::uint64_t before = bytes_scanned();
    site.handle();
    return {.status = site.status(),
            .given = site.request.given,
            .reads = site.request.reads,
            .scanned = bytes_scanned() - before};
}

// Contents that look like a delimiter for as many bytes as possible.
struct Flood {
    std::string situation;
    std::string boundary;
    std::string unit;
};

const std::string seventy(70, '-');
const std::string word = "----WebKitFormBoundary7MA4YWxkTrZu0gW";

const std::vector<Flood> floods = {
    {"zeros", word, std::string(1, '\0')},
    {"CRs", word, "\r"},
    {"line ends", word, "\r\n"},
    {"hyphens before a boundary of hyphens", seventy, "-"},
    {"beginnings of a boundary of hyphens", seventy, "\r\n--"},
    {"all but the last hyphen", seventy, "\r\n" + std::string(71, '-') + "x"},
    {"all but the last character", word, "\r\n--" + word.substr(0, word.size() - 1)},
    {"all but the first character", word, "\n--" + word},
    {"a boundary of one character", "a", "\r\n--b"},
    {"a boundary of one hyphen", "-", "\r\n--\r\n"},
    {"a boundary of one hyphen, and CRs", "-", "\r\r\n\n--"},
    {"the delimiter in mid-line", word, "x--" + word + "\r\n"},
};

Cost cost_of(const Flood& flood, std::size_t size, std::size_t per_read) {
    return cost_of(
        "multipart/form-data; boundary=" + flood.boundary,
        file("a", "x" + repeated(flood.unit, size), flood.boundary) + closing(flood.boundary),
        per_read);
}

BOOST_AUTO_TEST_CASE(every_byte_is_searched_about_once) {
    for (const Flood& flood : floods) {
        BOOST_TEST_CONTEXT(flood.situation) {
            const Cost cost = cost_of(flood, 16 * window, window);
            BOOST_TEST(cost.status == 201);
            BOOST_TEST(cost.given >= 16 * window);
            BOOST_TEST(cost.scanned >= 16 * window);
            // A possible beginning of a delimiter is searched again together with what follows it.
            BOOST_TEST(cost.scanned <= cost.given + cost.given / 100);
            BOOST_TEST(cost.reads <= cost.given / block + 3);
        }
    }
}

// If a body trickles in, each byte costs more, but not more for every byte that came before it.
BOOST_AUTO_TEST_CASE(twice_the_body_costs_twice_as_much) {
    for (const Flood& flood : floods) {
        for (const std::size_t per_read : {1UL, 100UL, 5000UL}) {
            BOOST_TEST_CONTEXT(flood.situation << ", " << per_read << " bytes at a time") {
                const Cost once = cost_of(flood, window, per_read);
                const Cost twice = cost_of(flood, 2 * window, per_read);
                BOOST_TEST(twice.status == 201);
                BOOST_TEST(twice.scanned <= 2 * once.scanned);
                BOOST_TEST(twice.reads <= 2 * once.reads + 3);
                BOOST_TEST(once.scanned <= 2 * once.given * (flood.boundary.size() + 4));
            }
        }
    }
}

// They are refused at the limit, not after the body has been read.
BOOST_AUTO_TEST_CASE(endless_elements_are_refused_early) {
    const std::string headers = "--B\r\nContent-Disposition: form-data; name=\"";
    const struct {
        const char* situation;
        std::string type;
        std::string body;
        std::size_t most;  // the limit in bytes
    } cases[] = {
        {"preamble", multipart_b, "", FormLimits::preamble},
        {"preamble of line ends", multipart_b, repeated("\r\n", 4 * mebibyte),
         FormLimits::preamble},
        {"preamble of near delimiters", multipart_b, repeated("\r\n--A", 4 * mebibyte),
         FormLimits::preamble},
        {"padding after a delimiter", multipart_b, "--B", FormLimits::preamble},
        {"header", multipart_b, headers, FormLimits::part_headers},
        {"headers of line ends", multipart_b, headers + "a\"" + repeated("\r\nX: y", 4 * mebibyte),
         FormLimits::part_headers},
        {"epilogue", multipart_b, file("a", "x") + closing(), FormLimits::preamble},
        {"field", multipart_b, headers + "bucket\"\r\n\r\n", FormLimits::fields},
        {"urlencoded name", urlencoded, "", FormLimits::field_name},
        {"urlencoded value", urlencoded, "bucket=", FormLimits::fields},
    };
    for (const auto& each : cases) {
        BOOST_TEST_CONTEXT(each.situation) {
            for (const std::size_t per_read : {100UL, window}) {
                const Cost cost = cost_of(each.type, each.body, per_read, 512 * mebibyte);
                BOOST_TEST(cost.status == 400);
                BOOST_TEST(cost.given <= each.most + window + MultipartForm::page);
                BOOST_TEST(cost.scanned <= 3 * cost.given + window);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_parts) {
    const std::string tiny = "--B\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n\r\n";
    std::string fields;
    std::string files;
    std::string pairs;
    for (int i = 0; i < 100000; ++i) {
        fields += tiny;
        files += file(std::to_string(i), "");
        pairs += "x=&";
    }
    const Cost of_fields = cost_of(multipart_b, fields + closing());
    BOOST_TEST(of_fields.status == 400);
    BOOST_TEST(of_fields.given <= FormLimits::parts * tiny.size() + window);
    const Cost of_files = cost_of(multipart_b, files + closing());
    BOOST_TEST(of_files.status == 400);
    BOOST_TEST(of_files.given <= FormLimits::parts * 120 + window);
    const Cost of_pairs = cost_of(urlencoded, pairs);
    BOOST_TEST(of_pairs.status == 400);
    BOOST_TEST(of_pairs.given <= FormLimits::parts * 3 + window);
    for (const Cost& cost : {of_fields, of_files})
        BOOST_TEST(cost.scanned <= 4 * cost.given);
}

// Separators alone are not a field: they are skipped, each once.
BOOST_AUTO_TEST_CASE(only_separators) {
    const Cost cost = cost_of(urlencoded, std::string(4 * mebibyte, '&'));
    BOOST_TEST(cost.status == 400);
    BOOST_TEST(cost.reads <= 4 * mebibyte / Urlencoded::window_size + 2);
}

BOOST_AUTO_TEST_CASE(only_escapes) {
    const Cost cost = cost_of(urlencoded, "file_name=a&file_data=" + repeated("%25", 3 * mebibyte));
    BOOST_TEST(cost.status == 201);
    BOOST_TEST(cost.reads <= 3 * mebibyte / Urlencoded::window_size + 3);
}

BOOST_AUTO_TEST_SUITE_END()
