#include "scripted_store/faulty_line.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <list>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "base/descriptor.h"
#include "system/connection.h"

namespace s3drop::test {

namespace {

// One direction of a connection.
struct Way {
    int from;
    int to;
    std::uint64_t left;     // bytes until it breaks
    std::string held = {};  // read, but not passed on yet
    bool ended = false;     // the sender has closed its side

    bool reads() const { return !ended && held.empty() && left > 0; }
    bool writes() const { return !held.empty(); }

    // Returns false if the connection has to end.
    bool move(bool readable, bool writable) {
        if (readable && reads()) {
            std::array<char, 65536> block{};
            const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), left));
            const ssize_t got = recv(from, block.data(), most, MSG_DONTWAIT);
            if (got < 0) return errno == EAGAIN;
            if (got == 0) {
                ended = true;
                shutdown(to, SHUT_WR);
            }
            held.assign(block.data(), static_cast<std::size_t>(got));
            left -= static_cast<std::uint64_t>(got);
        }
        if (writable && writes()) {
            const ssize_t sent = send(to, held.data(), held.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
            if (sent < 0) return errno == EAGAIN;
            held.erase(0, static_cast<std::size_t>(sent));
        }
        return left > 0 || !held.empty();
    }
};

struct Pair {
    Pair(Descriptor program, Descriptor store, LineLimits limits)
        : client(std::move(program)),
          server(std::move(store)),
          up{client.get(), server.get(), limits.to_store},
          down{server.get(), client.get(), limits.from_store} {}

    bool over() const { return up.ended && down.ended; }

    Descriptor client;
    Descriptor server;
    Way up;
    Way down;
};

Descriptor connect_to(int port) {
    Descriptor line(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(line.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        return {};
    }
    return line;
}

short events_of(const Way& read, const Way& write) {
    return static_cast<short>((read.reads() ? POLLIN : 0) | (write.writes() ? POLLOUT : 0));
}

}  // namespace

class FaultyLine::Relay {
  public:
    Relay(int store_port, std::function<LineLimits()> limits, int port)
        : store_port_(store_port),
          limits_(std::move(limits)),
          listener_(port),
          thread_([this] { run(); }) {}

    ~Relay() {
        const std::uint64_t one = 1;
        static_cast<void>(!write(stop_.get(), &one, sizeof one));
        thread_.join();
    }

    int port() const { return listener_.port(); }
    unsigned broken() const { return broken_; }

  private:
    void run() {
        for (;;) {
            std::vector<pollfd> waits = {{stop_.get(), POLLIN, 0},
                                         {listener_.descriptor(), POLLIN, 0}};
            for (const Pair& pair : pairs_) {
                waits.push_back({pair.client.get(), events_of(pair.up, pair.down), 0});
                waits.push_back({pair.server.get(), events_of(pair.down, pair.up), 0});
            }
            if (poll(waits.data(), waits.size(), -1) < 0) continue;
            if (waits[0].revents != 0) return;
            auto wait = waits.begin() + 2;
            for (auto pair = pairs_.begin(); pair != pairs_.end(); wait += 2) {
                pair = move(*pair, wait[0].revents, wait[1].revents) ? std::next(pair)
                                                                     : pairs_.erase(pair);
            }
            if (waits[1].revents != 0) take_connection();
        }
    }

    void take_connection() {
        Descriptor client(accept4(listener_.descriptor(), nullptr, nullptr, SOCK_CLOEXEC));
        Descriptor server = connect_to(store_port_);
        if (client && server) pairs_.emplace_back(std::move(client), std::move(server), limits_());
    }

    bool move(Pair& pair, int client, int server) {
        constexpr int readable = POLLIN | POLLHUP | POLLERR;
        constexpr int writable = POLLOUT | POLLERR;
        const bool lives = pair.up.move((client & readable) != 0, (server & writable) != 0) &&
                           pair.down.move((server & readable) != 0, (client & writable) != 0);
        if (!lives) ++broken_;
        return lives && !pair.over();
    }

    int store_port_;
    std::function<LineLimits()> limits_;
    SilentListener listener_;
    Descriptor stop_{eventfd(0, EFD_CLOEXEC)};
    std::list<Pair> pairs_;
    std::atomic<unsigned> broken_ = 0;
    std::thread thread_;
};

FaultyLine::FaultyLine(int store_port, std::function<LineLimits()> limits, int port)
    : relay_(std::make_unique<Relay>(store_port, std::move(limits), port)) {}

FaultyLine::~FaultyLine() = default;

int FaultyLine::port() const {
    return relay_->port();
}

unsigned FaultyLine::broken() const {
    return relay_->broken();
}

}  // namespace s3drop::test
