#include "scripted_store/wire.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <string>

namespace s3drop::test {

namespace {

constexpr std::size_t room = 256UL * 1024;
constexpr std::size_t longest_head = 64UL * 1024;

void send_all(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

}  // namespace

Wire::Wire(Descriptor socket) : socket_(std::move(socket)), buffer_(room, '\0') {
    const int on = 1;  // so that separate writes arrive separately
    setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

bool Wire::handshake(SSL_CTX* context) {
    tls_.reset(SSL_new(context));
    SSL_set_fd(tls_.get(), socket_.get());
    ERR_clear_error();
    broken_ = SSL_accept(tls_.get()) != 1;
    return !broken_;
}

void Wire::half_handshake(SSL_CTX* context) {
    std::array<char, 16384> hello{};
    const ssize_t got = recv(socket_.get(), hello.data(), hello.size(), 0);
    if (got <= 0) return;
    const std::unique_ptr<SSL, Free> tls(SSL_new(context));
    BIO* in = BIO_new(BIO_s_mem());
    BIO* out = BIO_new(BIO_s_mem());
    SSL_set_bio(tls.get(), in, out);  // takes ownership of both
    BIO_write(in, hello.data(), static_cast<int>(got));
    SSL_accept(tls.get());
    char* flight = nullptr;
    const long size = BIO_get_mem_data(out, &flight);
    send_all(socket_.get(), std::string_view(flight, static_cast<std::size_t>(size) / 2));
}

std::size_t Wire::receive(std::span<char> into) {
    if (!tls_) {
        const ssize_t got = recv(socket_.get(), into.data(), into.size(), 0);
        return got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    ERR_clear_error();
    const int most = static_cast<int>(std::min<std::size_t>(into.size(), INT_MAX));
    const int got = broken_ ? 0 : SSL_read(tls_.get(), into.data(), most);
    if (got > 0) return static_cast<std::size_t>(got);
    broken_ = broken_ || SSL_get_error(tls_.get(), got) != SSL_ERROR_ZERO_RETURN;
    return 0;
}

// Receives more bytes into the buffer, after the unread ones.
bool Wire::fill() {
    const std::size_t got = receive(std::span(buffer_).subspan(end_));
    end_ += got;
    return got > 0;
}

std::optional<std::string> Wire::read_head() {
    buffer_.replace(0, end_ - begin_, buffer_, begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
    for (;;) {
        const std::string_view there = std::string_view(buffer_).substr(0, end_);
        const std::size_t blank = there.find("\r\n\r\n");
        if (blank != std::string_view::npos) {
            begin_ = blank + 4;
            return std::string(there.substr(0, begin_));
        }
        if (end_ >= longest_head || !fill()) return std::nullopt;
    }
}

std::string_view Wire::read_some(std::uint64_t most) {
    if (begin_ == end_) {
        begin_ = end_ = 0;
        if (!fill()) return {};
    }
    const std::size_t size = std::min<std::uint64_t>(most, end_ - begin_);
    begin_ += size;
    return std::string_view(buffer_).substr(begin_ - size, size);
}

bool Wire::write(std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t sent = 0;
        if (tls_) {
            ERR_clear_error();
            const int most = static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX));
            sent = broken_ ? 0 : SSL_write(tls_.get(), bytes.data(), most);
            broken_ = broken_ || sent <= 0;
        } else {
            sent = send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        }
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void Wire::close() {
    if (tls_ && !broken_) {
        ERR_clear_error();
        SSL_shutdown(tls_.get());
    }
    truncate();
}

void Wire::truncate() {
    shutdown(socket_.get(), SHUT_WR);
    std::string unwanted(65536, '\0');
    while (recv(socket_.get(), unwanted.data(), unwanted.size(), 0) > 0) {
    }
}

void Wire::reset() {
    const linger now{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

bool Wire::ends_within(std::chrono::milliseconds time) const {
    pollfd wait{.fd = socket_.get(), .events = POLLRDHUP, .revents = 0};
    return poll(&wait, 1, static_cast<int>(time.count())) != 0;
}

}  // namespace s3drop::test
