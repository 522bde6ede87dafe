#include <boost/test/unit_test.hpp>

#include <random>
#include <string>

#include "form/delimiter.h"

using namespace s3drop;

BOOST_AUTO_TEST_SUITE(delimiter)

const std::string usual = "\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW";

BOOST_AUTO_TEST_CASE(found_at_every_position) {
    for (const std::string& wanted : {std::string("\r\n--a"), usual}) {
        for (const std::size_t behind : {0U, 1U, 63U, 64U, 200U}) {
            for (std::size_t before = 0; before < 200; ++before) {
                const std::string text =
                    std::string(before, 'x') + wanted + std::string(behind, 'x');
                BOOST_TEST(find_delimiter(text, wanted) == before);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_first_of_two) {
    BOOST_TEST(find_delimiter("ab" + usual + usual, usual) == 2U);
}

BOOST_AUTO_TEST_CASE(incomplete_delimiter_is_not_found) {
    for (std::size_t size = 0; size < usual.size(); ++size) {
        const std::string begun = usual.substr(0, size);
        BOOST_TEST(find_delimiter(begun, usual) == std::string::npos);
        BOOST_TEST(find_delimiter(std::string(100, '\r') + begun, usual) == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(does_not_search_past_the_text) {
    const std::string all = std::string(70, '\r') + usual;
    const std::string_view text(all);
    BOOST_TEST(find_delimiter(text.substr(0, text.size() - 1), usual) == std::string::npos);
}

// Random bytes full of near delimiters, compared with a plain search.
BOOST_AUTO_TEST_CASE(same_result_as_a_plain_search) {
    std::mt19937 random(20);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same each time
    constexpr std::string_view letters = "\r\n-a";
    for (const std::string& wanted :
         {std::string("\r\n--a"), std::string("\r\n--a-a-a-a-a"), std::string("\r\n---")}) {
        std::size_t hits = 0;
        for (int round = 0; round < 3000; ++round) {
            std::string text(random() % 400, '\0');
            for (char& c : text)
                c = letters[random() % letters.size()];
            // Adds beginnings of it in random positions, some of them complete.
            for (int copies = 0; copies < 3 && text.size() > wanted.size(); ++copies) {
                const std::size_t length = random() % (wanted.size() + 1);
                text.replace(random() % (text.size() - length), length, wanted, 0, length);
            }
            const std::size_t expected = text.find(wanted);
            hits += expected != std::string::npos ? 1 : 0;
            BOOST_REQUIRE_EQUAL(find_delimiter(text, wanted), expected);
        }
        BOOST_TEST(hits > 200U);
        BOOST_TEST(hits < 2800U);
    }
}

BOOST_AUTO_TEST_SUITE_END()
