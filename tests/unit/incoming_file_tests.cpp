#include <boost/test/unit_test.hpp>

#include "base/digest.h"
#include "base/hex.h"
#include "form/incoming_file.h"
#include "form/multipart_form.h"
#include "system/temporary_folder.h"
#include "unit/canned_upload.h"
#include "web/body.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(incoming_file)

constexpr std::size_t window = MultipartForm::window_size;
constexpr std::size_t block = window - MultipartForm::page;  // the largest that the scanner returns

// A form whose first part is a file, and the file.
struct Incoming {
    explicit Incoming(const std::vector<CannedPart>& form, std::size_t per_read = 1000)
        : Incoming(canned_multipart(form), per_read) {}

    Incoming(const std::string& form, std::size_t per_read)
        : request(form), body(request, form.size(), 1U << 30U), parts(body, "B0undary") {
        request.per_read = per_read;
        parts.next();
        file.emplace(parts, recording);
    }

    std::string read(std::uint64_t offset, std::size_t count) {
        std::string buffer(count, '\0');
        buffer.resize(file->read(offset, buffer));
        return buffer;
    }

    std::string read_from(std::uint64_t offset, std::size_t at_once) {
        std::string all;
        for (std::string buffer = read(offset, at_once); !buffer.empty();
             buffer = read(offset + all.size(), at_once))
            all += buffer;
        return all;
    }

    // Reads until `count` bytes of the file have arrived; does not read at all if it is 0.
    void read_some(std::size_t count) {
        if (count > 0) read(count - 1, 1);
    }

    std::string recorded(const Extent& extent) const {
        std::string all(extent.size, '\0');
        all.resize(recording.read(extent.offset, all));
        return all;
    }

    FakeRequest request;
    Body body;
    MultipartForm parts;
    Recording recording{"/tmp"};
    std::optional<IncomingFile> file;
};

CannedPart file_of(const std::string& content) {
    return {.name = "file_data", .filename = "a", .content_type = "", .content = content};
}

std::string some_bytes(std::size_t size) {
    std::string bytes;
    for (std::size_t i = 0; bytes.size() < size; ++i)
        bytes += std::to_string(i * 7919) + "\r\n--B0undar";
    bytes.resize(size);
    return bytes;
}

BOOST_AUTO_TEST_CASE(length_is_implied) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{5}, window + 5}) {
        const Incoming incoming({file_of(some_bytes(size))});
        BOOST_TEST(incoming.file->implied_size().value() == size);
    }
}

// Between two parts, the computed length would be wrong.
BOOST_AUTO_TEST_CASE(no_length_is_implied_outside_a_part) {
    FakeRequest request(canned_multipart({file_of("data"), file_of("other")}));
    Body body(request, request.body.size(), request.body.size());
    MultipartForm parts(body, "B0undary");
    BOOST_TEST(!parts.implied_size().has_value());
    parts.next();
    while (!parts.data().empty()) {
    }
    BOOST_TEST(!parts.implied_size().has_value());
    parts.next();
    BOOST_TEST(parts.implied_size().value() == std::string("other").size());
    BOOST_TEST(!parts.next().has_value());
    BOOST_TEST(!parts.implied_size().has_value());
}

BOOST_AUTO_TEST_CASE(read_while_it_arrives) {
    const std::string content = some_bytes(2 * window + 9);
    for (const std::size_t per_read : {std::size_t{1}, std::size_t{999}, 3 * window}) {
        for (const std::size_t at_once : {std::size_t{100}, block, 3 * window}) {
            Incoming incoming({file_of(content)}, per_read);
            BOOST_TEST((incoming.read_from(0, at_once) == content));
            const auto [extent, hash] = incoming.file->finish();
            BOOST_TEST((incoming.recorded(extent) == content));
            BOOST_TEST(hash == "");
            BOOST_TEST(!incoming.parts.next().has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(last_byte_waits_for_the_end) {
    Incoming incoming({file_of("hello")}, 1);
    BOOST_TEST(incoming.read(0, 1) == "h");
    BOOST_TEST(incoming.read_from(1, 3).size() == 4U);
    BOOST_TEST(incoming.request.given == incoming.request.body.size());
    Incoming waiting({file_of("hello")}, 1);
    for (std::uint64_t offset = 0; offset < 4; ++offset)
        waiting.read(offset, 1);
    BOOST_TEST(waiting.request.given < waiting.request.body.size());
}

BOOST_AUTO_TEST_CASE(no_bytes_requested) {
    Incoming incoming({file_of("hello")}, 1);
    const std::size_t given = incoming.request.given;
    for (const std::uint64_t offset : {0U, 3U, 4U, 5U})
        BOOST_TEST(incoming.read(offset, 0) == "");
    BOOST_TEST(incoming.request.given == given);
}

BOOST_AUTO_TEST_CASE(read_again_from_any_offset) {
    constexpr std::size_t size = window + block;
    const std::string content = some_bytes(size);
    for (const std::size_t per_read : {std::size_t{1000}, size}) {
        for (const std::size_t before : {std::size_t{1}, block, size - 1}) {
            Incoming incoming({file_of(content)}, per_read);
            incoming.read(before, 1);
            for (const std::size_t offset : {std::size_t{0}, std::size_t{1}, block - 1, block,
                                             block + 1, size - 2, size - 1}) {
                BOOST_TEST((incoming.read_from(offset, 5000) == content.substr(offset)));
            }
            BOOST_TEST(incoming.read(size, 1) == "");
            BOOST_TEST(incoming.read(1ULL << 40U, 1) == "");
        }
    }
}

// By then, the end of the form has replaced the last block in the scanner's window.
BOOST_AUTO_TEST_CASE(read_again_after_the_end_of_the_form) {
    for (const std::size_t size :
         {std::size_t{2}, std::size_t{5}, MultipartForm::page + 5, block + 5}) {
        const std::string content = some_bytes(size);
        for (const std::size_t per_read :
             {std::size_t{1}, std::size_t{2}, std::size_t{3}, 2 * size}) {
            Incoming incoming({file_of(content)}, per_read);
            for (int time = 0; time < 2; ++time)
                BOOST_TEST((incoming.read_from(0, size) == content),
                           size << " bytes, " << per_read << " at a time");
        }
    }
}

BOOST_AUTO_TEST_CASE(recorded_without_being_read) {
    const std::string content = some_bytes(100000);
    Incoming incoming({file_of(content)});
    const auto [extent, hash] = incoming.file->finish();
    BOOST_TEST((incoming.recorded(extent) == content));
    BOOST_TEST(hash == hex(sha256(content)));
}

BOOST_AUTO_TEST_CASE(recorded_after_being_read_in_part) {
    const std::string content = some_bytes(100000);
    Incoming incoming({file_of(content), file_of("other")});
    incoming.read(50000, 10);
    const auto [extent, hash] = incoming.file->finish();
    BOOST_TEST((incoming.recorded(extent) == content));
    BOOST_TEST(hash == "");
    BOOST_TEST(incoming.parts.next().has_value());
}

BOOST_AUTO_TEST_CASE(more_follows) {
    const std::string content = some_bytes(70000);
    const std::vector<std::vector<CannedPart>> forms = {
        {file_of(content), {.name = "bucket", .filename = {}, .content_type = "", .content = "b"}},
        {file_of(content), file_of("")},
        {file_of(""), file_of(content)},
    };
    for (const auto& form : forms) {
        for (const std::size_t per_read : {1U, 1000U, 100000U}) {
            Incoming incoming(form, per_read);
            BOOST_CHECK_THROW(incoming.read_from(0, 10000), NotTheLastPart);
            const auto [extent, hash] = incoming.file->finish();
            BOOST_TEST((incoming.recorded(extent) == form.front().content));
            BOOST_TEST(incoming.parts.next().has_value());
        }
    }
}

// The implied length is then one byte too short or a few too long.
BOOST_AUTO_TEST_CASE(closing_line_of_another_length) {
    const std::string head =
        "--B0undary\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n";
    const std::string content = some_bytes(5000);
    for (const std::string closing :
         {"\r\n--B0undary--", "\r\n--B0undary--\r\n\r\n", "\r\n--B0undary--  \r\n"}) {
        Incoming incoming(head + content + closing, 1000);
        BOOST_CHECK_THROW(incoming.read_from(0, 1000), NotTheLastPart);
        const auto [extent, hash] = incoming.file->finish();
        BOOST_TEST((incoming.recorded(extent) == content));
        BOOST_TEST(!incoming.parts.next().has_value());
    }
}

BOOST_AUTO_TEST_CASE(cut_at_every_offset) {
    const std::string whole = canned_multipart({file_of("hello")});
    const std::size_t begin = whole.find("\r\n\r\n") + 14;
    for (std::size_t size = begin; size < whole.size(); ++size) {
        Incoming incoming(whole, 1);
        incoming.request.body.resize(size);
        std::string got;
        BOOST_CHECK_THROW(for (;;) got += incoming.read(got.size(), 1), Failure);
        BOOST_TEST(got.size() < 5U);
    }
}

BOOST_AUTO_TEST_CASE(recording_is_lost) {
    const std::string content = some_bytes(Recording::memory_size + 200000);
    Incoming incoming({file_of(content)}, window);
    incoming.recording = Recording("/nonexistent");
    BOOST_TEST((incoming.read_from(0, window) == content));
    BOOST_REQUIRE(incoming.file->lost().has_value());
    BOOST_TEST((incoming.file->lost()->status == Status::insufficient_storage));
    BOOST_TEST(incoming.recording.size() == 0U);
    BOOST_CHECK_THROW(incoming.read(0, 10), Failure);
    BOOST_CHECK_NO_THROW(incoming.file->finish());
}

BOOST_AUTO_TEST_CASE(recording_is_lost_and_needed) {
    const std::string content = some_bytes(Recording::memory_size + 200000);
    Incoming incoming({file_of(content)}, window);
    incoming.recording = Recording("/nonexistent");
    incoming.read(Recording::memory_size + 100000, 1);
    BOOST_CHECK_THROW(incoming.read(0, 10), Failure);
    BOOST_CHECK_THROW(incoming.file->finish(), Failure);
}

// Bytes that were read from the file before do not make up for the loss.
BOOST_AUTO_TEST_CASE(recording_is_lost_while_the_rest_is_recorded) {
    const std::string content = some_bytes(Recording::memory_size + 200000);
    for (const std::size_t read_before :
         {std::size_t{0}, std::size_t{1}, Recording::memory_size / 2}) {
        Incoming incoming({file_of(content)}, window);
        incoming.recording = Recording("/nonexistent");
        incoming.read_some(read_before);
        BOOST_REQUIRE(!incoming.file->lost().has_value());
        BOOST_CHECK_THROW(incoming.file->finish(), Failure);
        BOOST_TEST(incoming.recording.size() == 0U);
    }
}

BOOST_AUTO_TEST_SUITE_END()
