// One connection that a test's server has accepted, plain or TLS, and the ways to end it.
//
// Calls block; shutdown(2) on the descriptor, from another thread, ends them. The calling thread
// has to block SIGPIPE, because OpenSSL's writes raise it.
#pragma once

#include <openssl/ssl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/descriptor.h"

namespace s3drop::test {

class Wire {
  public:
    explicit Wire(Descriptor socket);

    int descriptor() const { return socket_.get(); }

    // After this, everything goes through TLS. Returns false if the handshake fails.
    bool handshake(SSL_CTX* context);

    // Reads the client's first message, and sends the first half of the server's first flight.
    void half_handshake(SSL_CTX* context);

    // Reads up to and including the first empty line. Returns nullopt if the client ends the
    // connection before, in whatever way, or if there is no empty line in 64 KiB.
    std::optional<std::string> read_head();

    // Reads at least one byte and at most `most`. The view is valid until the next call. Returns ""
    // if the client has ended the connection.
    std::string_view read_some(std::uint64_t most);

    // Returns false if the client has ended the connection.
    bool write(std::string_view bytes);

    // Both end our side with a FIN; over TLS, close() sends a close_notify before it. They then
    // read until the client has ended its side, so that the system does not send a reset.
    void close();
    void truncate();

    // Makes the destructor end the connection with a reset.
    void reset();

    // Whether the client ends the connection within that time. Reads no bytes.
    bool ends_within(std::chrono::milliseconds time) const;

  private:
    std::size_t receive(std::span<char> into);
    bool fill();

    struct Free {
        void operator()(SSL* tls) const { SSL_free(tls); }
    };
    Descriptor socket_;
    std::unique_ptr<SSL, Free> tls_;
    bool broken_ = false;  // TLS has failed: nothing more can be sent or received
    std::string buffer_;   // received bytes; those not read yet are between:
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace s3drop::test
