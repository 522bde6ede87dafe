// The identity of a test's TLS server: a new key and a self-signed certificate.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace s3drop::test {

class TlsIdentity {
  public:
    enum class Validity { now, past };

    // `subject`: unique among the identities, because clients find authorities by it.
    // `hosts`: as in OpenSSL's subjectAltName: "IP:127.0.0.1,DNS:localhost".
    TlsIdentity(const std::string& subject, const std::string& hosts, Validity validity);

    // The certificate. A client that has it in its CA bundle trusts this server.
    std::string pem() const;

    // Thread-safe. Owned by this object.
    SSL_CTX* context() const { return context_.get(); }

  private:
    struct Free {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    std::unique_ptr<SSL_CTX, Free> context_;
};

}  // namespace s3drop::test
