// The bytes of one object, wherever they are or come from: what a PUT sends.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace s3drop {

struct Payload {
    std::uint64_t size = 0;
    std::string hash;  // SHA-256, lower-case hex; "" where the bytes were not hashed as they came
    // Gives bytes from an offset on: at least one, 0 only at the end. May be asked for any of them
    // again. Throws Failure where they cannot be had.
    std::function<std::size_t(std::uint64_t, std::span<char>)> read;
};

// Read through the whole payload: its SHA-256, and its MD5, which is the ETag that S3 gives to an
// object that was put in one piece. Lower-case hex.
std::string sha256_of(const Payload& payload);
std::string md5_of(const Payload& payload);

}  // namespace s3drop
