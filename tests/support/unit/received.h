// The whole way of a form for tests: from the bytes of a body, through the scanner of its type, to
// what the program takes it for. Also the pieces that bodies are built of.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace s3drop::test {

constexpr const char* multipart_b = "multipart/form-data; boundary=B";
constexpr const char* urlencoded = "application/x-www-form-urlencoded";

// All there is of a body, in one read.
constexpr std::size_t in_one_read = std::numeric_limits<std::size_t>::max();

// A request with a form.
struct Sent {
    std::string body;
    std::string content_type = multipart_b;
    std::optional<std::uint64_t> content_length = {};  // where it is not the body's length
    bool chunked = false;                              // there is no CONTENT_LENGTH
    std::size_t per_read = in_one_read;
    std::optional<std::size_t> breaks_at = {};  // the connection breaks after so many bytes
    std::size_t endless = 0;                    // so many bytes of filler follow the body
};

struct ReceivedFile {
    std::string name;
    std::string content_type;
    std::string content;

    bool operator==(const ReceivedFile&) const = default;
};

struct Received {
    std::string file_name = {};
    std::string bucket = {};
    std::string host = {};
    std::vector<ReceivedFile> files = {};

    bool operator==(const Received&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Received& received);

// Throws Failure where the program refuses the form. Checks that every payload hash is right.
Received receive_form(const Sent& sent);

// The status and the detail, as in "400 The form is malformed: …"; the form where it is taken.
std::string refusal(const Sent& sent);

// The bytes from a delimiter to the CR LF behind the content.
std::string part(std::string_view headers, std::string_view content,
                 std::string_view boundary = "B");
std::string field(std::string_view name, std::string_view value, std::string_view boundary = "B");

// A part file_data with a quoted file name and the type text/plain.
std::string file(std::string_view filename, std::string_view content,
                 std::string_view boundary = "B");

std::string closing(std::string_view boundary = "B");

// Bytes without a pattern that a test could fall into; the same for the same size.
std::string noise(std::size_t size);

}  // namespace s3drop::test
