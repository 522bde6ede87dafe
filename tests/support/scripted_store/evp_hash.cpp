#include "scripted_store/evp_hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

#include "base/hex.h"

namespace s3drop::test {

namespace {

std::string_view view_of(const std::array<unsigned char, EVP_MAX_MD_SIZE>& digest, unsigned size) {
    return {reinterpret_cast<const char*>(digest.data()), size};
}

void require(bool done) {
    if (!done) throw std::runtime_error("OpenSSL cannot compute a hash");
}

}  // namespace

void EvpHash::Free::operator()(evp_md_ctx_st* context) const {
    EVP_MD_CTX_free(context);
}

EvpHash::EvpHash(Kind kind) : context_(EVP_MD_CTX_new()), kind_(kind) {
    start();
}

void EvpHash::start() {
    const EVP_MD* type = kind_ == Kind::md5 ? EVP_md5() : EVP_sha256();
    require(EVP_DigestInit_ex(context_.get(), type, nullptr) == 1);
}

void EvpHash::update(std::string_view block) {
    require(EVP_DigestUpdate(context_.get(), block.data(), block.size()) == 1);
}

std::string EvpHash::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    require(EVP_DigestFinal_ex(context_.get(), digest.data(), &size) == 1);
    start();
    return bytes_in_hex(view_of(digest, size));
}

std::string evp_sha256(std::string_view text) {
    EvpHash hash(EvpHash::Kind::sha256);
    hash.update(text);
    return hash.finish();
}

std::string evp_hmac_sha256(std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                 reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
                 &size) != nullptr);
    return std::string(view_of(digest, size));
}

std::string bytes_in_hex(std::string_view bytes) {
    return hex({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
}

}  // namespace s3drop::test
