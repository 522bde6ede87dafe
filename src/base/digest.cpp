// OpenSSL 3 marks the hash functions as deprecated in favour of EVP, unless the source asks for the
// API of version 1.1.
#define OPENSSL_API_COMPAT 0x10100000L

#include "base/digest.h"

#include <openssl/md5.h>
#include <openssl/sha.h>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace s3drop {
namespace {

void require(int done, const char* step) {
    if (done != 1) throw std::runtime_error(std::string("digest: cannot ") + step);
}

}  // namespace

void Sha256::Free::operator()(SHA256state_st* context) const noexcept {
    std::default_delete<SHA256_CTX>()(context);
}

Sha256::Sha256() : context_(std::make_unique<SHA256_CTX>().release()) {
    require(SHA256_Init(context_.get()), "start");
}

void Sha256::update(std::string_view bytes) {
    require(SHA256_Update(context_.get(), bytes.data(), bytes.size()), "update");
}

Digest Sha256::finish() {
    Digest digest;
    require(SHA256_Final(digest.data(), context_.get()), "finish");
    require(SHA256_Init(context_.get()), "start");
    return digest;
}

void Md5::Free::operator()(MD5state_st* context) const noexcept {
    std::default_delete<MD5_CTX>()(context);
}

Md5::Md5() : context_(std::make_unique<MD5_CTX>().release()) {
    require(MD5_Init(context_.get()), "start");
}

void Md5::update(std::string_view bytes) {
    require(MD5_Update(context_.get(), bytes.data(), bytes.size()), "update");
}

std::array<unsigned char, 16> Md5::finish() {
    std::array<unsigned char, 16> digest{};
    require(MD5_Final(digest.data(), context_.get()), "finish");
    require(MD5_Init(context_.get()), "start");
    return digest;
}

Digest sha256(std::string_view text) {
    Sha256 hash;
    hash.update(text);
    return hash.finish();
}

// RFC 2104: H(K ^ opad, H(K ^ ipad, text)).
Digest hmac_sha256(std::string_view key, std::string_view text) {
    constexpr std::size_t block_size = 64;  // of SHA-256, in bytes
    std::array<char, block_size> padded{};
    if (key.size() <= block_size) {
        std::copy(key.begin(), key.end(), padded.begin());
    } else {
        const Digest hashed = sha256(key);
        std::copy(hashed.begin(), hashed.end(), padded.begin());
    }
    Sha256 hash;
    const auto update_with_key = [&](unsigned char value) {
        std::array<char, block_size> mixed = padded;
        for (char& byte : mixed)
            byte = static_cast<char>(static_cast<unsigned char>(byte) ^ value);
        hash.update({mixed.data(), mixed.size()});
    };
    update_with_key(0x36);
    hash.update(text);
    const Digest inner = hash.finish();
    update_with_key(0x5c);
    hash.update({reinterpret_cast<const char*>(inner.data()), inner.size()});
    return hash.finish();
}

}  // namespace s3drop
