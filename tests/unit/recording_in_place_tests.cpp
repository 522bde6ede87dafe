// If the web server already keeps a body in a file, the form's files are read from there.
#include <boost/test/unit_test.hpp>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <limits>
#include <string>

#include "base/descriptor.h"
#include "base/digest.h"
#include "base/hex.h"
#include "form/multipart_form.h"
#include "form/receive.h"
#include "system/open_files.h"
#include "system/temporary_folder.h"
#include "unit/fakes.h"
#include "unit/received.h"
#include "web/body.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(recording)

// A file that contains `before` and then the body. Its offset is at the beginning of the body.
Descriptor body_file(const std::string& before, const std::string& body) {
    Descriptor file(memfd_create("body", MFD_CLOEXEC));
    const std::string all = before + body;
    BOOST_REQUIRE(write(file.get(), all.data(), all.size()) == static_cast<ssize_t>(all.size()));
    BOOST_REQUIRE(lseek(file.get(), static_cast<off_t>(before.size()), SEEK_SET) ==
                  static_cast<off_t>(before.size()));
    return file;
}

std::string read(const Recording& recording, const Extent& extent) {
    std::string into(extent.size, '\0');
    into.resize(recording.read(extent.offset, into));
    return into;
}

BOOST_AUTO_TEST_CASE(body_file_is_read_from_its_offset) {
    const Descriptor file = body_file("before", "the body");
    const Recording recording(BodyFile{file.get(), 6});
    BOOST_TEST(recording.in_place());
    BOOST_TEST(recording.size() == 0U);
    BOOST_TEST(read(recording, {0, 8}) == "the body");
    BOOST_TEST(read(recording, {4, 2}) == "bo");
    BOOST_TEST(read(recording, {4, 100}) == "body");
    BOOST_TEST(read(recording, {8, 1}).empty());
    BOOST_TEST(lseek(file.get(), 0, SEEK_CUR) == 6);
}

BOOST_AUTO_TEST_CASE(body_file_stays_open_after_its_recording) {
    const Descriptor file = body_file("", "body");
    const std::size_t before = open_descriptors();
    { const Recording recording(BodyFile{file.get(), 0}); }
    BOOST_TEST(open_descriptors() == before);
}

void check_received_in_place(const std::string& content, const std::string& before) {
    const std::string body = field("bucket", "b") + file("a", content) + file("empty", "") +
                             file("b", "second") + field("host", "h") + closing();
    const Descriptor spooled = body_file(before, body);
    const std::size_t descriptors = open_descriptors();

    FakeRequest request;
    request.file = BodyFile{spooled.get(), before.size()};
    Body whole(request, body.size(), std::numeric_limits<std::uint64_t>::max());
    MultipartForm parts(whole, "B");
    Recording recording(*request.body_file());
    const Form form = receive(parts, recording);

    BOOST_TEST(form.bucket == "b");
    BOOST_TEST(form.host == "h");
    BOOST_REQUIRE(form.files.size() == 3U);
    const std::size_t begin = (field("bucket", "b") + file("a", "")).size() - 2;
    BOOST_TEST(form.files[0].extent.offset == begin);
    BOOST_TEST(form.files[0].extent.size == content.size());
    BOOST_TEST(form.files[0].payload_hash == hex(sha256(content)));
    const bool same = read(recording, form.files[0].extent) == content;
    BOOST_TEST(same);
    BOOST_TEST(form.files[1].extent.size == 0U);
    BOOST_TEST(read(recording, form.files[2].extent) == "second");

    // Nothing was written anywhere.
    BOOST_TEST(recording.size() == 0U);
    BOOST_TEST(open_descriptors() == descriptors);
    struct stat status {};
    BOOST_REQUIRE(fstat(spooled.get(), &status) == 0);
    BOOST_TEST(static_cast<std::size_t>(status.st_size) == before.size() + body.size());
}

BOOST_AUTO_TEST_CASE(files_of_a_form_are_read_in_place) {
    for (const std::size_t size :
         {0UL, 1UL, MultipartForm::page, MultipartForm::window_size - 200,
          MultipartForm::window_size, Recording::memory_size + 1, 3000000UL})
        for (const std::string before : {"", "x", "other bytes --B\r\n"})
            BOOST_TEST_CONTEXT(size << " bytes after " << before.size())
    check_received_in_place(noise(size), before);
}

BOOST_AUTO_TEST_SUITE_END()
