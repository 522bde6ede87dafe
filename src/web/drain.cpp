#include "web/drain.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>

namespace s3drop {

void drain(int descriptor) {
    using std::chrono::steady_clock;
    constexpr std::chrono::seconds most{10};
    constexpr int longest_silence_ms = 2000;
    const auto deadline = steady_clock::now() + most;
    std::array<char, 16384> dropped{};
    while (steady_clock::now() < deadline) {
        pollfd wait{.fd = descriptor, .events = POLLIN, .revents = 0};
        const int ready = poll(&wait, 1, longest_silence_ms);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return;
        const ssize_t got = read(descriptor, dropped.data(), dropped.size());
        if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN)) return;
    }
}

}  // namespace s3drop
