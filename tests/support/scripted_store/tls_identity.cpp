#include "scripted_store/tls_identity.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdexcept>

namespace s3drop::test {

namespace {

struct Release {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
    void operator()(BIO* bio) const { BIO_free(bio); }
};
template <class Object>
using Owned = std::unique_ptr<Object, Release>;

void require(bool done, const char* what) {
    if (!done) throw std::runtime_error(std::string("OpenSSL cannot make a ") + what);
}

Owned<EVP_PKEY> new_key() {
    const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nullptr));
    EVP_PKEY* key = nullptr;
    require(EVP_PKEY_keygen_init(context.get()) == 1 &&
                EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context.get(), NID_X9_62_prime256v1) == 1 &&
                EVP_PKEY_keygen(context.get(), &key) == 1,
            "private key");
    return Owned<EVP_PKEY>(key);
}

void add_extension(X509* certificate, int type, const std::string& value) {
    const Owned<X509_EXTENSION> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, type, value.c_str()));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1,
            "certificate extension");
}

Owned<X509> new_certificate(EVP_PKEY* key, const std::string& subject, const std::string& hosts,
                            TlsIdentity::Validity validity) {
    constexpr long day = 24L * 60 * 60;
    const bool past = validity == TlsIdentity::Validity::past;
    Owned<X509> certificate(X509_new());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    require(X509_set_version(certificate.get(), 2) == 1 &&
                ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1) == 1 &&
                X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -9 * day) != nullptr &&
                X509_gmtime_adj(X509_getm_notAfter(certificate.get()), past ? -day : 9 * day) !=
                    nullptr &&
                X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                           reinterpret_cast<const unsigned char*>(subject.c_str()),
                                           static_cast<int>(subject.size()), -1, 0) == 1 &&
                X509_set_issuer_name(certificate.get(), name) == 1 &&
                X509_set_pubkey(certificate.get(), key) == 1,
            "certificate");
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate.get(), NID_subject_alt_name, hosts);
    require(X509_sign(certificate.get(), key, EVP_sha256()) > 0, "signature");
    return certificate;
}

}  // namespace

TlsIdentity::TlsIdentity(const std::string& subject, const std::string& hosts, Validity validity)
    : context_(SSL_CTX_new(TLS_server_method())) {
    const Owned<EVP_PKEY> key = new_key();
    const Owned<X509> certificate = new_certificate(key.get(), subject, hosts, validity);
    require(context_ && SSL_CTX_use_certificate(context_.get(), certificate.get()) == 1 &&
                SSL_CTX_use_PrivateKey(context_.get(), key.get()) == 1,
            "TLS context");
}

std::string TlsIdentity::pem() const {
    const Owned<BIO> memory(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(memory.get(), SSL_CTX_get0_certificate(context_.get())) == 1,
            "PEM text");
    char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

}  // namespace s3drop::test
