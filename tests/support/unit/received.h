// Reads a form as the program does: from the bytes of a body, through the scanner for its type, to
// its fields and files. Also builds the parts of such bodies.
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

// The whole body in one read.
constexpr std::size_t in_one_read = std::numeric_limits<std::size_t>::max();

// A request with a form.
struct Sent {
    std::string body;
    std::string content_type = multipart_b;
    std::optional<std::uint64_t> content_length = {};  // if it is not the body's length
    bool chunked = false;                              // there is no CONTENT_LENGTH
    std::size_t per_read = in_one_read;
    std::optional<std::size_t> breaks_at = {};  // the connection breaks after this many bytes
    std::size_t endless = 0;                    // this many bytes of filler follow the body
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

// Throws Failure if the program refuses the form, and std::logic_error if a payload hash is wrong.
Received receive_form(const Sent& sent);

// The status and the detail, as in "400 The form is malformed: …"; the form if it is accepted.
std::string refusal(const Sent& sent);

// The bytes from the delimiter to the CR LF after the content.
std::string part(std::string_view headers, std::string_view content,
                 std::string_view boundary = "B");
std::string field(std::string_view name, std::string_view value, std::string_view boundary = "B");

// A part file_data with a quoted file name and the type text/plain.
std::string file(std::string_view filename, std::string_view content,
                 std::string_view boundary = "B");

std::string closing(std::string_view boundary = "B");

// A multipart/mixed part with these parts in it, which have the boundary `inner`.
std::string mixed(std::string_view name, std::string_view parts, std::string_view inner = "inner",
                  std::string_view boundary = "B");

// A part of a multipart/mixed part as curl writes it: text/plain, with a quoted file name only.
std::string attached(std::string_view filename, std::string_view content,
                     std::string_view inner = "inner");

// Random bytes, so that no pattern in them hides a fault; the same for the same size.
std::string noise(std::size_t size);

}  // namespace s3drop::test
