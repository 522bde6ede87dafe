#include "system/connection.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>

namespace s3drop::test {

namespace {

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

}  // namespace

Connection::Connection(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const sockaddr_in address = loopback(port);
    if (connect(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("cannot connect");
    }
}

void Connection::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;  // the server may have closed; its reply counts
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string Connection::receive_all() const {
    std::string all;
    std::array<char, 4096> block{};
    for (ssize_t got = 0; (got = recv(socket_.get(), block.data(), block.size(), 0)) > 0;) {
        all.append(block.data(), static_cast<std::size_t>(got));
    }
    return all;
}

void Connection::vanish() {
    const linger reset{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    socket_ = Descriptor();
}

std::string status_of(const std::string& reply) {
    constexpr std::size_t before = 9;  // "HTTP/1.1 "; Apache replies with 1.1 to 1.0 too
    return reply.starts_with("HTTP/1.") && reply.size() > before ? reply.substr(before, 3) : "";
}

SilentListener::SilentListener(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = loopback(port);
    socklen_t size = sizeof address;
    const int shared = 1;  // with a socket that reserves the port, and with ended connections
    setsockopt(socket_.get(), SOL_SOCKET, SO_REUSEADDR, &shared, sizeof shared);
    if (bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        listen(socket_.get(), 64) != 0 ||
        getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("cannot listen");
    }
    port_ = ntohs(address.sin_port);
}

}  // namespace s3drop::test
