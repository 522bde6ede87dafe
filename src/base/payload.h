// The bytes of one object, as a PUT sends them, wherever they come from.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace s3drop {

struct Payload {
    std::uint64_t size = 0;
    std::string hash;  // SHA-256, lower-case hex; "" if the bytes were not hashed as they arrived
    // Copies bytes from an offset on into the span, which is not empty, and returns how many: at
    // least one, or 0 at the end. Can be called for the same bytes again. Throws Failure if they
    // cannot be read, and NotTheLastPart for a file that is still arriving (form/incoming_file.h).
    // What it refers to must outlive the Payload.
    std::function<std::size_t(std::uint64_t, std::span<char>)> read;
};

// These read the whole payload and return its hash in lower-case hex. The MD5 is the ETag of
// most objects that were stored by a single PUT (s3/object.h, etag_is_md5). They throw what `read`
// throws.
std::string sha256_of(const Payload& payload);
std::string md5_of(const Payload& payload);

}  // namespace s3drop
