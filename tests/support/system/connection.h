// A TCP connection for clients that misbehave: that stop, disappear or send too much; and a
// listener for a store that does not respond.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/descriptor.h"

namespace s3drop::test {

class Connection {
  public:
    explicit Connection(int port);

    // Stops without an error if the server has closed the connection.
    void send(std::string_view bytes) const;

    // Reads until the server closes the connection.
    std::string receive_all() const;

    // Ends the connection with a reset, as a crashed client does.
    void vanish();

  private:
    Descriptor socket_;
};

// The status in a reply as received, such as "201"; "" if there is none.
std::string status_of(const std::string& reply);

// Accepts connections (the system does, in its backlog) and never sends anything.
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
