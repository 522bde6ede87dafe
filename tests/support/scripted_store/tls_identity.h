// Who a test's TLS server says to be: a key, made here, and a certificate that it signs itself.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace s3drop::test {

class TlsIdentity {
  public:
    enum class Validity { now, past };

    // `subject`: a name that no other identity has, since clients look authorities up by it.
    // `hosts` as OpenSSL's subjectAltName has them: "IP:127.0.0.1,DNS:localhost".
    TlsIdentity(const std::string& subject, const std::string& hosts, Validity validity);

    // The certificate. A client that has it among its authorities trusts this server.
    std::string pem() const;

    // For any number of threads at once. Lives as long as this.
    SSL_CTX* context() const { return context_.get(); }

  private:
    struct Free {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    std::unique_ptr<SSL_CTX, Free> context_;
};

}  // namespace s3drop::test
