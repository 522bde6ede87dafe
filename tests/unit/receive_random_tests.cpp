#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>

#include "unit/random_form.h"
#include "unit/received.h"

using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(receive)

BOOST_AUTO_TEST_CASE(random_multipart_forms_come_back) {
    for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
        const RandomForm form = random_multipart(seed);
        BOOST_TEST_CONTEXT("seed " << seed << ", " << form.sent.content_type)
        BOOST_TEST(receive_form(form.sent) == form.received);
    }
}

BOOST_AUTO_TEST_CASE(random_urlencoded_forms_come_back) {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const RandomForm form = random_urlencoded(seed);
        BOOST_TEST_CONTEXT("seed " << seed)
        BOOST_TEST(receive_form(form.sent) == form.received);
    }
}

// Wherever a random form is cut, the rest is refused, unless only the epilogue is missing.
BOOST_AUTO_TEST_CASE(random_multipart_forms_cut_anywhere_are_refused) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        RandomForm form = random_multipart(seed);
        form.sent.chunked = true;
        const std::string whole = form.sent.body;
        const std::size_t closed = whole.find_last_not_of(" \t\r\n") + 1;
        for (std::size_t cut = seed % 13; cut < closed; cut += 1 + whole.size() / 23) {
            form.sent.body = whole.substr(0, cut);
            BOOST_TEST(refusal(form.sent) ==
                           "400 The form is malformed: it ends before its closing delimiter.",
                       "seed " << seed << " cut at " << cut);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
