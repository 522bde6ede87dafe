// Releasing the pages that loading has touched. Not in a child process, which would begin with no
// pages of files.
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <string>

#include "base/digest.h"
#include "base/hex.h"
#include "process/loaded_pages.h"

using namespace s3drop;

namespace {

// How much of the process's memory is pages of files, in KiB.
long pages_of_files() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("RssFile:")) return std::stol(line.substr(8));
    return 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(loaded_pages)

BOOST_AUTO_TEST_CASE(memory_is_smaller_afterwards) {
    const long before = pages_of_files();
    release_loaded_pages();
    BOOST_TEST(pages_of_files() < before);
}

// Code, constants and variables, of the program and of its libraries.
BOOST_AUTO_TEST_CASE(program_still_works_afterwards) {
    release_loaded_pages();
    release_loaded_pages();
    BOOST_TEST(hex(sha256("abc")) ==
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

BOOST_AUTO_TEST_SUITE_END()
