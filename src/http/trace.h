// A hex dump of the traffic with S3 (UPLOAD_TRACE), for the nights when nothing else explains it.
//
// Each request and response is dumped with its headers and the first 64 KiB of its body; of what is
// beyond, only the number of bytes is said. Secrets are struck out: the whole value of
// Authorization and of headers that carry a key or a token, and the credentials wherever else they
// turn up. What people upload is not secret to it: trace briefly, and remove the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.h"

namespace s3drop {

class Trace {
  public:
    enum class Kind { note, request_headers, request_body, response_headers, response_body };

    // Appends to the file, which only its owner may read where it is made here. `secrets` are
    // struck out. A file that cannot be opened, a link, and a file of another user but root are no
    // reason to refuse uploads: nothing is traced then.
    Trace(const std::string& path, std::vector<std::string> secrets);

    bool on() const { return static_cast<bool>(file_); }

    // One piece of traffic, as it passes.
    void add(Kind kind, std::string_view bytes);

  private:
    Descriptor file_;
    std::vector<std::string> secrets_;
    std::size_t body_bytes_ = 0;  // of the body that is passing now
};

// `bytes` with the secrets, and the values of headers that carry one, overwritten by "*".
std::string strike_out(std::string_view bytes, const std::vector<std::string>& secrets);

// Lines of offset, 16 bytes in hex, and the same as text.
std::string hex_dump(std::string_view bytes, std::size_t offset);

}  // namespace s3drop
