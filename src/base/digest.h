// SHA-256 (FIPS 180-4), HMAC-SHA-256 (RFC 2104) and MD5 (RFC 1321) over bytes in memory.
//
// The only module that uses OpenSSL. Text is bytes here: NUL and bytes above 127 are hashed as they
// are.
//
// It calls the hash functions directly, not through EVP. EVP pulls in OpenSSL's providers and
// configuration, which make the program three times as large if libcrypto is linked in (make dist).
//
// Errors: std::runtime_error if OpenSSL reports an error, which no input can cause.
//
// Threads: the functions can be called from any thread; an object must be used by one thread at a
// time.
#pragma once

#include <array>
#include <memory>
#include <string_view>

struct SHA256state_st;  // OpenSSL's SHA256_CTX and MD5_CTX, declared here so that this
struct MD5state_st;     // header need not include OpenSSL's

namespace s3drop {

using Digest = std::array<unsigned char, 32>;

// The hash of bytes that are passed in several calls. A moved-from object can only be assigned to
// or destroyed.
class Sha256 {
  public:
    Sha256();

    void update(std::string_view bytes);

    // The hash of all bytes since construction or the last finish(). The object then starts a new
    // message.
    Digest finish();

  private:
    struct Free {
        void operator()(SHA256state_st* context) const noexcept;
    };
    std::unique_ptr<SHA256state_st, Free> context_;
};

// S3 uses MD5 for ETags. It gives no security: use it only to compare with ETags. The functions are
// those of Sha256.
class Md5 {
  public:
    Md5();
    void update(std::string_view bytes);
    std::array<unsigned char, 16> finish();

  private:
    struct Free {
        void operator()(MD5state_st* context) const noexcept;
    };
    std::unique_ptr<MD5state_st, Free> context_;
};

Digest sha256(std::string_view text);

// The key can have any length, including 0, and contain any bytes.
Digest hmac_sha256(std::string_view key, std::string_view text);

}  // namespace s3drop
