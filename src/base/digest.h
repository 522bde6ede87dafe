// SHA-256 (FIPS 180-4), HMAC-SHA-256 (RFC 2104) and MD5 (RFC 1321) over bytes in memory.
//
// The only module that knows OpenSSL. Text is bytes: NUL and bytes above 127 count as they are.
//
// It calls the hash itself and not EVP: that brings OpenSSL's providers and configuration, three
// times the whole program where libcrypto is linked in (make dist).
//
// Errors: std::runtime_error where OpenSSL refuses, which no input makes it do.
//
// Threads: functions may be called from any; one object belongs to one thread at a time.
#pragma once

#include <array>
#include <memory>
#include <string_view>

struct SHA256state_st;  // OpenSSL's SHA256_CTX, named here to keep its headers out of ours,
struct MD5state_st;     // and its MD5_CTX

namespace s3drop {

using Digest = std::array<unsigned char, 32>;

// A hash over bytes that come in pieces. A moved-from object may only be assigned to or destroyed.
class Sha256 {
  public:
    Sha256();

    void update(std::string_view piece);

    // The hash of all pieces since construction or the last finish(). The object then stands at
    // the start of a new message.
    Digest finish();

  private:
    struct Free {
        void operator()(SHA256state_st* context) const noexcept;
    };
    std::unique_ptr<SHA256state_st, Free> context_;
};

// No protection against anybody: only what S3's ETags are made with. Used like Sha256.
class Md5 {
  public:
    Md5();
    void update(std::string_view piece);
    std::array<unsigned char, 16> finish();

  private:
    struct Free {
        void operator()(MD5state_st* context) const noexcept;
    };
    std::unique_ptr<MD5state_st, Free> context_;
};

Digest sha256(std::string_view text);

// The key may be of any length, empty included, and hold any bytes.
Digest hmac_sha256(std::string_view key, std::string_view text);

}  // namespace s3drop
