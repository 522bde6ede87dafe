// Hashes for the stand-in store, computed by OpenSSL's EVP. They check src/base/digest, which calls
// other functions. Throws std::runtime_error if OpenSSL fails, which no input causes.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace s3drop::test {

// A hash of bytes that come in blocks.
class EvpHash {
  public:
    enum class Kind { sha256, md5 };

    explicit EvpHash(Kind kind);

    void update(std::string_view block);

    // The hash of all blocks since the last finish(), in lower-case hexadecimal.
    std::string finish();

  private:
    void start();

    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    std::unique_ptr<evp_md_ctx_st, Free> context_;
    Kind kind_;
};

std::string evp_sha256(std::string_view text);  // in hexadecimal

std::string evp_hmac_sha256(std::string_view key, std::string_view text);  // 32 bytes

std::string bytes_in_hex(std::string_view bytes);

}  // namespace s3drop::test
