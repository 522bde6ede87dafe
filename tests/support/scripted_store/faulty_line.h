// An unreliable TCP connection between the program and a store: a relay on a free port of 127.0.0.1
// that breaks each connection, in both directions at once, after a given number of bytes. It does
// not change the bytes, so TLS works too.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace s3drop::test {

// The bytes that a connection carries to the store, and from it, before it breaks.
struct LineLimits {
    std::uint64_t to_store = UINT64_MAX;
    std::uint64_t from_store = UINT64_MAX;
};

class FaultyLine {
  public:
    // `limits` is called once for each connection, always from the same thread. `port`: 0 for a
    // free one.
    FaultyLine(int store_port, std::function<LineLimits()> limits, int port = 0);
    ~FaultyLine();  // ends all connections
    FaultyLine(const FaultyLine&) = delete;
    FaultyLine& operator=(const FaultyLine&) = delete;

    int port() const;
    unsigned broken() const;  // how many connections it has broken so far

  private:
    class Relay;
    std::unique_ptr<Relay> relay_;
};

}  // namespace s3drop::test
