#include "web/fastcgi.h"

#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "base/descriptor.h"
#include "base/failure.h"
#include "web/drain.h"
#include "web/signals.h"

namespace s3drop {

namespace {

constexpr int listening_socket = 0;  // FastCGI specification section 2.2

class FastCgiRequest final : public Request {
  public:
    explicit FastCgiRequest(FCGX_Request& request) : request_(request) {}

    std::string_view variable(const char* name) const override {
        const char* value = FCGX_GetParam(name, request_.envp);
        return value == nullptr ? std::string_view() : value;
    }

    // Blocks until `into` is full or the body ends. If an error occurs, libfcgi returns the bytes
    // that came before it, and none after that.
    std::size_t read(std::span<char> into) override {
        const int wanted = static_cast<int>(std::min<std::size_t>(into.size(), INT_MAX));
        const int got = FCGX_GetStr(into.data(), wanted, request_.in);
        if (got == 0 && FCGX_GetError(request_.in) != 0) {
            throw Failure(Status::bad_request, "The upload broke off.");
        }
        read_ += static_cast<std::size_t>(got);
        ended_ = ended_ || (got == 0 && wanted > 0);
        return static_cast<std::size_t>(got);
    }

    // Whether the request was read to its end: the whole body, and the end of its stream, which
    // servers send with it. Called after the reply, when nobody waits for it any more.
    bool read_to_its_end() const {
        char more = 0;
        return std::to_string(read_) == variable("CONTENT_LENGTH") &&
               FCGX_GetStr(&more, 1, request_.in) == 0;
    }

    bool body_is_unread() const override { return is_unread(*this, read_, ended_); }

    std::optional<BodyFile> body_file() const override { return std::nullopt; }

    void write(std::string_view reply) override {
        FCGX_PutStr(reply.data(), static_cast<int>(reply.size()), request_.out);
    }

  private:
    FCGX_Request& request_;
    std::uint64_t read_ = 0;
    bool ended_ = false;
};

// Ends the request and closes its connection, even if the server would keep it: a kept connection
// occupies this worker without using it. If unread bytes remain when it is closed, the server can
// lose the reply, so the rest of the body is read first, within our own limits: FCGX_Finish_r would
// read for as long as bytes come.
void finish(FCGX_Request& request, const FastCgiRequest& adapted) {
    FCGX_FClose(request.err);
    FCGX_FClose(request.out);
    const Descriptor connection(request.ipcFd);
    if (!adapted.read_to_its_end()) {
        shutdown(connection.get(), SHUT_WR);
        drain(connection.get());
    }
    FCGX_Free(&request, 0);
    request.ipcFd = -1;
}

// A descriptor that becomes readable when a signal asks the worker to stop.
Descriptor stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGTERM, SIGUSR1, SIGINT, SIGHUP}) {
        static_cast<void>(
            std::signal(number, SIG_DFL));  // signalfd does not report an ignored signal
        sigaddset(&signals, number);
    }
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    return Descriptor(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

// Waits for a connection; returns false if the worker has to stop. An outdated worker stops only
// while no connection waits: lighttpd gives each worker its own socket, and what waits there would
// be lost.
bool wait_for_connection(int stop, const std::function<bool()>& is_outdated) {
    constexpr int look_up_every = 500;  // milliseconds
    std::array<pollfd, 2> waits = {pollfd{.fd = stop, .events = POLLIN, .revents = 0},
                                   pollfd{.fd = listening_socket, .events = POLLIN, .revents = 0}};
    for (;;) {
        const int ready = poll(waits.data(), waits.size(), look_up_every);
        if (ready < 0 && errno != EINTR) return false;
        if (ready > 0) return waits[0].revents == 0;
        if (is_outdated()) return false;
    }
}

}  // namespace

bool is_fastcgi() {
    int listening = 0;
    socklen_t size = sizeof listening;
    return getsockopt(listening_socket, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 &&
           listening != 0;
}

void run_fastcgi(const std::function<void(Request&)>& serve,
                 const std::function<bool()>& is_outdated) {
    const Descriptor stop = stop_signals();
    // Non-blocking, because another worker may already have accepted the connection that woke this
    // one.
    const int flags = fcntl(listening_socket, F_GETFL);
    FCGX_Request request;
    if (!stop || flags < 0 || fcntl(listening_socket, F_SETFL, flags | O_NONBLOCK) < 0 ||
        FCGX_Init() != 0 ||
        FCGX_InitRequest(&request, listening_socket, FCGI_FAIL_ACCEPT_ON_INTR) != 0) {
        throw std::runtime_error("cannot listen for FastCGI requests");
    }
    // After FCGX_Init(), which installs a handler for SIGPIPE: a handled signal would cut an upload
    // short.
    ignore_signals_of_writes();
    while (wait_for_connection(stop.get(), is_outdated)) {
        const int accepted = FCGX_Accept_r(&request);
        if (accepted == -EAGAIN || accepted == -EINTR || accepted == -ECONNABORTED) continue;
        if (accepted < 0) throw std::runtime_error("the FastCGI connection cannot be accepted");
        FastCgiRequest adapted(request);
        serve(adapted);
        finish(request, adapted);
    }
}

}  // namespace s3drop
