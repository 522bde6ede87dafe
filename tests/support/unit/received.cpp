#include "unit/received.h"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <ostream>
#include <random>
#include <sstream>
#include <stdexcept>

#include "base/digest.h"
#include "base/failure.h"
#include "base/hex.h"
#include "form/multipart_form.h"
#include "form/receive.h"
#include "form/urlencoded.h"
#include "unit/fakes.h"
#include "web/body.h"
#include "web/recording.h"

namespace s3drop::test {

namespace {

std::string shown(std::string_view bytes) {
    constexpr std::size_t longest = 120;
    std::string text;
    for (const char c : bytes.substr(0, longest)) {
        const auto byte = static_cast<unsigned char>(c);
        char escape[5];
        std::snprintf(escape, sizeof escape, "\\x%02X", static_cast<unsigned>(byte));
        text += byte < 0x20 || byte == 0x7F ? escape : std::string(1, c);
    }
    if (bytes.size() > longest) text += "… of " + std::to_string(bytes.size());
    return "'" + text + "'";
}

void fill(FakeRequest& request, const Sent& sent) {
    request.body = sent.body;
    request.per_read = sent.per_read;
    request.breaks_at = sent.breaks_at;
    request.endless = sent.endless;
}

std::unique_ptr<PartSource> parts_of(const Sent& sent, Body& body) {
    if (sent.content_type == urlencoded) return std::make_unique<Urlencoded>(body);
    return std::make_unique<MultipartForm>(body, boundary_of(sent.content_type));
}

std::string read_again(const Recording& recording, const FormFile& from) {
    std::string content(from.extent.size, '\0');
    if (recording.read(from.extent.offset, content) != content.size())
        throw std::logic_error("the recording is shorter than its files");
    if (hex(sha256(content)) != from.payload_hash)
        throw std::logic_error("the payload hash of " + from.name + " is wrong");
    return content;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Received& received) {
    out << "{file_name " << shown(received.file_name) << ", bucket " << shown(received.bucket)
        << ", host " << shown(received.host);
    for (const ReceivedFile& each : received.files)
        out << ", file {" << shown(each.name) << ", " << shown(each.content_type) << ", "
            << shown(each.content) << "}";
    return out << "}";
}

Received receive_form(const Sent& sent) {
    FakeRequest request;
    fill(request, sent);
    std::optional<std::uint64_t> length =
        sent.content_length.value_or(sent.body.size() + sent.endless);
    if (sent.chunked) length.reset();
    Body body(request, length, std::numeric_limits<std::uint64_t>::max());
    const auto parts = parts_of(sent, body);
    Recording recording(std::filesystem::temp_directory_path());
    const Form form = receive(*parts, recording);

    Received received{form.file_name, form.bucket, form.host, {}};
    for (const FormFile& each : form.files)
        received.files.push_back({each.name, each.content_type, read_again(recording, each)});
    return received;
}

std::string refusal(const Sent& sent) {
    try {
        std::ostringstream accepted;
        accepted << "accepted: " << receive_form(sent);
        return accepted.str();
    } catch (const Failure& failure) {
        return std::to_string(static_cast<int>(failure.status)) + " " + failure.detail;
    }
}

std::string part(std::string_view headers, std::string_view content, std::string_view boundary) {
    std::ostringstream text;
    text << "--" << boundary << "\r\n" << headers << "\r\n\r\n" << content << "\r\n";
    return text.str();
}

std::string field(std::string_view name, std::string_view value, std::string_view boundary) {
    const std::string headers =
        "Content-Disposition: form-data; name=\"" + std::string(name) + "\"";
    return part(headers, value, boundary);
}

std::string file(std::string_view filename, std::string_view content, std::string_view boundary) {
    const std::string headers = "Content-Disposition: form-data; name=\"file_data\"; filename=\"" +
                                std::string(filename) + "\"\r\nContent-Type: text/plain";
    return part(headers, content, boundary);
}

std::string closing(std::string_view boundary) {
    return "--" + std::string(boundary) + "--\r\n";
}

std::string mixed(std::string_view name, std::string_view parts, std::string_view inner,
                  std::string_view boundary) {
    const std::string headers = "Content-Disposition: form-data; name=\"" + std::string(name) +
                                "\"\r\nContent-Type: multipart/mixed; boundary=\"" +
                                std::string(inner) + "\"";
    return part(headers, std::string(parts) + closing(inner), boundary);
}

std::string attached(std::string_view filename, std::string_view content, std::string_view inner) {
    const std::string headers = "Content-Disposition: attachment; filename=\"" +
                                std::string(filename) + "\"\r\nContent-Type: text/plain";
    return part(headers, content, inner);
}

std::string noise(std::size_t size) {
    std::mt19937_64 random(size);
    std::string bytes;
    bytes.reserve(size + sizeof(std::uint64_t));
    while (bytes.size() < size) {
        const std::uint64_t eight = random();
        bytes.append(reinterpret_cast<const char*>(&eight), sizeof eight);
    }
    bytes.resize(size);
    return bytes;
}

}  // namespace s3drop::test
