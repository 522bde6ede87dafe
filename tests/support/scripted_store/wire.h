// One connection that a test's server has accepted, plain or TLS, with the ways to end it badly.
//
// Calls block. shutdown(2) on the descriptor, from another thread, ends them. SIGPIPE is blocked in
// the thread that calls: OpenSSL's writes would raise it.
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

    // From here on everything goes through TLS. False where the client does not agree.
    bool handshake(SSL_CTX* context);

    // Reads the client's first message, and answers with the first half of what is due.
    void half_handshake(SSL_CTX* context);

    // What comes, to the first empty line and with it. Nothing where the client ends the connection
    // before, in whatever way, or where it is above 64 KiB.
    std::optional<std::string> read_head();

    // What comes, at least a byte and at most so many; valid until the next call. "" where the
    // client has ended the connection.
    std::string_view read_some(std::uint64_t most);

    // False where the client has ended it.
    bool write(std::string_view bytes);

    // End our side: a FIN, over TLS with a close_notify before it, or without. Then take what still
    // comes until the client has ended its side, lest the system send a reset.
    void close();
    void truncate();

    // Has the destructor end the connection with a reset.
    void reset();

    // Whether the client ends the connection within that time. Takes no byte of it.
    bool ends_within(std::chrono::milliseconds time) const;

  private:
    std::size_t receive(std::span<char> into);
    bool fill();

    struct Free {
        void operator()(SSL* tls) const { SSL_free(tls); }
    };
    Descriptor socket_;
    std::unique_ptr<SSL, Free> tls_;
    bool broken_ = false;  // TLS has failed: nothing more can be said in it
    std::string buffer_;   // room for what is received; of it, what has not been read yet:
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace s3drop::test
