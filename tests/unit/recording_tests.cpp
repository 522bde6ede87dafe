#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/failure.h"
#include "form/multipart_form.h"
#include "system/open_files.h"
#include "system/temporary_folder.h"
#include "unit/received.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(recording)

constexpr std::size_t memory = Recording::memory_size;
constexpr std::size_t page = MultipartForm::page;
constexpr std::size_t block = MultipartForm::window_size - page;  // the scanner's largest

void append_in_blocks(Recording& recording, std::string_view bytes, std::size_t block_size) {
    for (; !bytes.empty(); bytes.remove_prefix(std::min(block_size, bytes.size())))
        recording.append(bytes.substr(0, block_size));
}

std::string read(const Recording& recording, std::uint64_t offset, std::size_t size) {
    std::string into(size, '\xAA');
    into.resize(recording.read(offset, into));
    return into;
}

BOOST_AUTO_TEST_CASE(nothing_recorded) {
    const TemporaryFolder dir;
    const Recording recording(dir.path());
    BOOST_TEST(!recording.in_place());
    BOOST_TEST(recording.size() == 0U);
    BOOST_TEST(read(recording, 0, 10).empty());
    BOOST_TEST(read(recording, memory + 5, 10).empty());
}

BOOST_AUTO_TEST_CASE(comes_back_complete_below_at_and_above_the_memory) {
    const TemporaryFolder dir;
    const std::string bytes = noise(3 * memory + 7);
    for (const std::size_t size :
         {std::size_t{1}, memory - 1, memory, memory + 1, memory + page, bytes.size()})
        for (const std::size_t block_size : {std::size_t{8191}, block, memory + 1, bytes.size()}) {
            Recording recording(dir.path());
            append_in_blocks(recording, std::string_view(bytes).substr(0, size), block_size);
            BOOST_TEST(recording.size() == size);
            const bool same = read(recording, 0, size + 10) == bytes.substr(0, size);
            BOOST_TEST(same, size << " bytes in blocks of " << block_size);
        }
}

BOOST_AUTO_TEST_CASE(read_at_various_offsets) {
    const TemporaryFolder dir;
    const std::string bytes = noise(memory + 70000);
    Recording recording(dir.path());
    append_in_blocks(recording, bytes, block);
    for (const std::size_t offset :
         {std::size_t{0}, std::size_t{1}, memory - block, memory - 2, memory - 1, memory,
          memory + 1, memory + page, bytes.size() - 1, bytes.size(), bytes.size() + 1,
          bytes.size() + memory})
        for (const std::size_t size : {0UL, 1UL, 2UL, 3UL, page, block - 1, block, block + 1}) {
            const std::string expected = bytes.substr(std::min(offset, bytes.size()), size);
            const bool same = read(recording, offset, size) == expected;
            BOOST_TEST(same, size << " bytes at " << offset);
        }
}

BOOST_AUTO_TEST_CASE(read_between_two_appends) {
    const TemporaryFolder dir;
    const std::string bytes = noise(memory + 30000);
    Recording recording(dir.path());
    std::size_t appended = 0;
    for (const std::size_t size :
         {memory - 10, std::size_t{5}, std::size_t{10}, std::size_t{29995}}) {
        recording.append(std::string_view(bytes).substr(appended, size));
        appended += size;
        const bool same =
            read(recording, appended - 20 + 5, 100) == bytes.substr(appended - 15, 15);
        BOOST_TEST(same, "after " << appended << " bytes");
    }
    const bool whole = read(recording, 0, bytes.size()) == bytes;
    BOOST_TEST(whole);
}

BOOST_AUTO_TEST_CASE(empty_appends) {
    const TemporaryFolder dir;
    Recording recording(dir.path());
    recording.append("");
    recording.append({});
    recording.append("a");
    recording.append("");
    BOOST_TEST(recording.size() == 1U);
    BOOST_TEST(read(recording, 0, 2) == "a");
}

BOOST_AUTO_TEST_CASE(memory_alone_opens_no_file) {
    const TemporaryFolder dir;
    const std::size_t before = open_descriptors();
    Recording recording(dir.path());
    recording.append(noise(memory));
    BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_CASE(file_has_no_name_while_it_is_in_use) {
    const TemporaryFolder dir;
    const std::size_t before = open_descriptors();
    {
        Recording recording(dir.path());
        append_in_blocks(recording, noise(2 * memory), block);
        BOOST_TEST(dir.entries().empty());
        // The file exists anyway, and a program that is started does not inherit it.
        BOOST_TEST(open_descriptors() == before + 1);
        const std::vector<OpenFile> files = open_files_in(dir.path());
        BOOST_REQUIRE(files.size() == 1U);
        BOOST_TEST(files.front().size == memory);
        BOOST_TEST(files.front().links == 0U);
        BOOST_TEST(files.front().closed_on_exec);
        BOOST_TEST(files.front().permissions == 0600U);
    }
    BOOST_TEST(open_descriptors() == before);
    BOOST_TEST(dir.entries().empty());
}

BOOST_AUTO_TEST_CASE(dropped) {
    const TemporaryFolder dir;
    const std::string bytes = noise(memory + page);
    const std::size_t before = open_descriptors();
    Recording recording(dir.path());
    for (const std::size_t size : {std::size_t{1}, bytes.size()}) {
        recording.append(bytes.substr(0, size));
        recording.drop();
        BOOST_TEST(open_descriptors() == before);
        BOOST_TEST(recording.size() == 0U);
        BOOST_TEST(read(recording, 0, 10).empty());
        BOOST_TEST(read(recording, memory, 10).empty());
    }
    recording.append("recorded again");
    BOOST_TEST(read(recording, 0, 20) == "recorded again");
}

BOOST_AUTO_TEST_CASE(two_recordings_are_independent) {
    const TemporaryFolder dir;
    const std::string a = noise(memory + 1000);
    const std::string b = noise(memory + 2000);
    Recording first(dir.path());
    Recording second(dir.path());
    first.append(a);
    second.append(b);
    const bool apart = read(first, 0, a.size()) == a && read(second, 0, b.size()) == b;
    BOOST_TEST(apart);
}

BOOST_AUTO_TEST_SUITE_END()
