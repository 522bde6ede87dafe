#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "failure.h"
#include "form.h"

using namespace s3drop;
using namespace std::string_literals;

BOOST_AUTO_TEST_SUITE(form)

// What comes back of a file of this name and type.
FormFile through_cgicc(const std::string& name, const std::string& type) {
    CompactForm compact;
    compact.add_file({.name = "file_data", .filename = name, .content_type = type}, {}, {});
    const Form decoded = compact.decode();
    BOOST_REQUIRE(decoded.files.size() == 1U);
    return decoded.files.front();
}

BOOST_AUTO_TEST_CASE(a_file_without_a_type_stays_without) {
    BOOST_TEST(through_cgicc("a.bin", "").content_type.empty());
}

BOOST_AUTO_TEST_SUITE_END()
