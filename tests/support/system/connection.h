// A TCP connection of a test's own, for clients that do not behave: that stop, vanish or say too
// much; and a listener, for a store that does not answer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/descriptor.h"

namespace s3drop::test {

class Connection {
  public:
    explicit Connection(int port);

    void send(std::string_view bytes) const;

    std::string receive_all() const;

    // Ends it as a crashed client does, with a reset.
    void vanish();

  private:
    Descriptor socket_;
};

// The status in an answer as it came; "" where there is none.
std::string status_of(const std::string& answer);

// Accepts connections (the system does, in its backlog) and never says a word.
class SilentListener {
  public:
    // `port`: 0 for a free one.
    explicit SilentListener(int port = 0);
    int port() const { return port_; }
    int descriptor() const { return socket_.get(); }

  private:
    Descriptor socket_;
    int port_ = 0;
};

}  // namespace s3drop::test
