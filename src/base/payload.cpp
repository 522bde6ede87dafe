#include "base/payload.h"

#include <vector>

#include "base/digest.h"
#include "base/hex.h"

namespace s3drop {

namespace {

template <class Hash>
std::string hash_of(const Payload& payload) {
    constexpr std::size_t at_once = 64UL * 1024;
    Hash hash;
    std::vector<char> buffer(at_once);
    for (std::uint64_t offset = 0; offset < payload.size;) {
        const std::size_t got = payload.read(offset, buffer);
        if (got == 0) break;
        hash.update({buffer.data(), got});
        offset += got;
    }
    return hex(hash.finish());
}

}  // namespace

std::string sha256_of(const Payload& payload) {
    return hash_of<Sha256>(payload);
}

std::string md5_of(const Payload& payload) {
    return hash_of<Md5>(payload);
}

}  // namespace s3drop
