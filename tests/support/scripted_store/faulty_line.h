// A TCP line between the program and a store, which breaks now and then: a relay on a free port
// of 127.0.0.1 whose connections end, both ways at once, after a number of bytes that is drawn for
// each. What passes is passed as it is, TLS too.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace s3drop::test {

// How far a connection gets: the bytes to the store and from it before it breaks.
struct LineLife {
    std::uint64_t to_store = UINT64_MAX;
    std::uint64_t from_store = UINT64_MAX;
};

class FaultyLine {
  public:
    // `life`: asked once for each connection, always from one thread. `port`: 0 for a free one.
    FaultyLine(int store_port, std::function<LineLife()> life, int port = 0);
    ~FaultyLine();  // ends all connections
    FaultyLine(const FaultyLine&) = delete;
    FaultyLine& operator=(const FaultyLine&) = delete;

    int port() const;
    unsigned broken() const;  // connections that were broken so far

  private:
    class Relay;
    std::unique_ptr<Relay> relay_;
};

}  // namespace s3drop::test
