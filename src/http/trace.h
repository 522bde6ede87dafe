// A hex dump of the traffic with S3 (UPLOAD_TRACE), for faults that nothing else explains.
//
// It contains the headers of each request and response and the first 64 KiB of its body; of the
// rest, only the number of bytes. Secrets are masked: the whole value of Authorization and of
// headers that contain a key or a token, and the credentials wherever else they occur. Uploaded
// files are not masked: trace briefly, and remove the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.h"

namespace s3drop {

class Trace {
  public:
    enum class Kind { note, request_headers, request_body, response_headers, response_body };

    // Appends to the file. If it is created here, only its owner can read it. `secrets` are masked.
    // Nothing is traced, and uploads still work, if the file cannot be opened, is a link, or
    // belongs to another user who is not root.
    Trace(const std::string& path, std::vector<std::string> secrets);

    bool on() const { return static_cast<bool>(file_); }

    // Adds bytes as they are sent or received.
    void add(Kind kind, std::string_view bytes);

  private:
    Descriptor file_;
    std::vector<std::string> secrets_;
    std::size_t body_bytes_ = 0;  // of the current body so far
};

// `bytes` with the secrets, and the values of headers that contain one, overwritten by "*".
std::string strike_out(std::string_view bytes, const std::vector<std::string>& secrets);

// Lines of offset, 16 bytes in hex, and the same as text.
std::string hex_dump(std::string_view bytes, std::size_t offset);

}  // namespace s3drop
