#include "http/trace.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/hex.h"
#include "base/own_file.h"
#include "base/text.h"

namespace s3drop {

namespace {

constexpr std::size_t most_of_a_body = 64UL * 1024;

const char* title(Trace::Kind kind) {
    switch (kind) {
        case Trace::Kind::note:
            return "== ";
        case Trace::Kind::request_headers:
            return "=> headers, ";
        case Trace::Kind::request_body:
            return "=> body, ";
        case Trace::Kind::response_headers:
            return "<= headers, ";
        case Trace::Kind::response_body:
            return "<= body, ";
    }
    return "";
}

bool is_body(Trace::Kind kind) {
    return kind == Trace::Kind::request_body || kind == Trace::Kind::response_body;
}

// Headers whose whole value is masked, whether or not it contains a known secret.
bool carries_secret(std::string_view header) {
    const std::string name = lower_case(header);
    return name == "authorization" || name == "x-amz-security-token" || name == "cookie" ||
           name.find("-customer-key") != std::string::npos;
}

void overwrite(std::string& text, std::size_t begin, std::size_t length) {
    std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(begin), length, '*');
}

void strike_headers(std::string& text) {
    for (std::size_t line = 0; line < text.size();) {
        const std::size_t end = std::min(text.find_first_of("\r\n", line), text.size());
        const std::size_t colon = text.find(':', line);
        if (colon < end && carries_secret(std::string_view(text).substr(line, colon - line))) {
            overwrite(text, colon + 1, end - colon - 1);
        }
        line = end + 1;
    }
}

// O_NONBLOCK: if another user has created a pipe there, do not wait for its reader.
Descriptor own_file(const std::string& path) {
    Descriptor file(open(
        path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    struct stat status {};
    if (!file || fstat(file.get(), &status) != 0 || !is_own_file(status)) return {};
    return file;
}

}  // namespace

std::string strike_out(std::string_view bytes, const std::vector<std::string>& secrets) {
    std::string struck(bytes);
    strike_headers(struck);
    for (const std::string& secret : secrets) {
        if (secret.empty()) continue;
        for (std::size_t at = 0; (at = struck.find(secret, at)) != std::string::npos;)
            overwrite(struck, at, secret.size());
    }
    return struck;
}

std::string hex_dump(std::string_view bytes, std::size_t offset) {
    constexpr std::size_t per_line = 16;
    std::string dump;
    for (std::size_t at = 0; at < bytes.size(); at += per_line) {
        const std::string_view line = bytes.substr(at, per_line);
        dump += hex_number(offset + at, 8) + "  ";
        for (const char c : line)
            dump += hex_number(static_cast<unsigned char>(c), 2) + " ";
        dump.append(3 * (per_line - line.size()) + 1, ' ');
        for (const char c : line)
            dump += c >= ' ' && c <= '~' ? c : '.';
        dump += '\n';
    }
    return dump;
}

Trace::Trace(const std::string& path, std::vector<std::string> secrets)
    : file_(path.empty() ? Descriptor() : own_file(path)), secrets_(std::move(secrets)) {}

void Trace::add(Kind kind, std::string_view bytes) {
    if (!on()) return;
    if (!is_body(kind)) body_bytes_ = 0;
    const std::size_t offset = body_bytes_;
    if (is_body(kind)) body_bytes_ += bytes.size();
    std::string text = title(kind) + std::to_string(bytes.size()) + " bytes\n";
    const std::size_t shown =
        is_body(kind) ? most_of_a_body - std::min(offset, most_of_a_body) : bytes.size();
    text += hex_dump(strike_out(bytes.substr(0, shown), secrets_), offset);
    // An upload does not fail because its trace cannot be written.
    static_cast<void>(!write(file_.get(), text.data(), text.size()));
}

}  // namespace s3drop
