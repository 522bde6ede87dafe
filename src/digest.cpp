#include "digest.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <limits>
#include <stdexcept>

namespace s3drop {
namespace {

[[noreturn]] void fail(const char* step) {
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
    // Left in the queue, older errors would be taken for those of a later TLS call.
    ERR_clear_error();
    throw std::runtime_error(std::string(step) + ": " + reason.data());
}

void start(EVP_MD_CTX* context) {
    if (EVP_DigestInit_ex(context, EVP_sha256(), nullptr) != 1) fail("start SHA-256");
}

}  // namespace

void Sha256::Free::operator()(EVP_MD_CTX* context) const noexcept {
    EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    if (!context_) fail("allocate SHA-256");
    start(context_.get());
}

void Sha256::update(std::string_view piece) {
    if (EVP_DigestUpdate(context_.get(), piece.data(), piece.size()) != 1) fail("update SHA-256");
}

Digest Sha256::finish() {
    Digest digest;
    unsigned int length = 0;
    if (EVP_DigestFinal_ex(context_.get(), digest.data(), &length) != 1 || length != digest.size())
        fail("finish SHA-256");
    start(context_.get());
    return digest;
}

Digest sha256(std::string_view text) {
    Digest digest;
    unsigned int length = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1 ||
        length != digest.size())
        fail("SHA-256");
    return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view text) {
    if (key.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        throw std::runtime_error("HMAC-SHA-256: key too long");
    // The one-shot HMAC() is in 1.1.1 and not deprecated in 3, unlike the HMAC_CTX functions. It
    // takes a null key as "the key of before", which an empty string_view may carry.
    const char* const key_bytes = key.empty() ? "" : key.data();
    Digest digest;
    unsigned int length = 0;
    if (!HMAC(EVP_sha256(), key_bytes, static_cast<int>(key.size()),
              reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
              &length) ||
        length != digest.size())
        fail("HMAC-SHA-256");
    return digest;
}

std::string hex(const Digest& digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * digest.size());
    for (const unsigned char byte : digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 0x0FU];
    }
    return text;
}

}  // namespace s3drop
