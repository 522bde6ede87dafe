// A store for measurements: it accepts every upload and discards the bytes as fast as it can, so
// that the sender is what is measured.
//
//   bench_sink FOLDER
//
// Makes a certificate, FOLDER/certificate.pem, and prints "PORT TLS_PORT", both on 127.0.0.1. It
// supports the S3 requests that uploads need: PUT, multipart uploads, HEAD, DELETE. It verifies no
// signature, and treats an aws-chunked body as plain bytes. GET /counted returns the number of
// objects received, and the number of bytes in PUTs. One thread per connection; SIGTERM ends it.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "base/descriptor.h"
#include "scripted_store/request_head.h"
#include "scripted_store/tls_identity.h"

using s3drop::Descriptor;
using s3drop::test::parse_head;
using s3drop::test::RequestHead;
using s3drop::test::TlsIdentity;

namespace {

std::atomic<std::uint64_t> objects = 0;
std::atomic<std::uint64_t> bytes_of_puts = 0;

// A client's connection, plain or TLS.
class Connection {
  public:
    Connection(Descriptor socket, SSL_CTX* context) : socket_(std::move(socket)) {
        const int on = 1;
        setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (context == nullptr) return;
        tls_.reset(SSL_new(context));
        SSL_set_fd(tls_.get(), socket_.get());
        open_ = SSL_accept(tls_.get()) == 1;
    }

    // Reads up to the empty line. Returns "" if the client has closed, or if the head is too long.
    std::string head() {
        std::string text;
        while (open_) {
            text.append(buffer_.data() + begin_, end_ - begin_);
            begin_ = end_ = 0;
            const std::size_t blank = text.find("\r\n\r\n");
            if (blank != std::string::npos) return keep_behind(text, blank + 4);
            if (text.size() > buffer_.size() / 2) break;
            end_ = receive(buffer_.data(), buffer_.size() / 2, 0);
            open_ = end_ > 0;
        }
        return {};
    }

    // Discards bytes; TCP need not copy them (MSG_TRUNC). Returns false if the client has closed.
    bool drop(std::uint64_t size) {
        const std::size_t there = std::min<std::uint64_t>(size, end_ - begin_);
        begin_ += there;
        for (std::uint64_t left = size - there; left > 0;) {
            const std::uint64_t most = tls_ ? buffer_.size() : 1UL << 30U;
            const std::size_t got = receive(buffer_.data(), std::min(left, most), MSG_TRUNC);
            if (got == 0) return false;
            left -= got;
        }
        return true;
    }

    void write(const std::string& text) {
        if (tls_) {
            open_ = SSL_write(tls_.get(), text.data(), static_cast<int>(text.size())) > 0;
        } else {
            open_ = send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL) > 0;
        }
    }

  private:
    std::size_t receive(char* into, std::size_t most, int flags) {
        const ssize_t got = tls_ ? SSL_read(tls_.get(), into, static_cast<int>(most))
                                 : recv(socket_.get(), into, most, flags);
        return got > 0 ? static_cast<std::size_t>(got) : 0;
    }

    // Keeps the bytes after the head for the next read: at most half the buffer, twice.
    std::string keep_behind(const std::string& text, std::size_t size) {
        end_ = text.copy(buffer_.data(), buffer_.size(), size);
        return text.substr(0, size);
    }

    struct Free {
        void operator()(SSL* tls) const { SSL_free(tls); }
    };
    Descriptor socket_;
    std::unique_ptr<SSL, Free> tls_;
    bool open_ = true;
    std::array<char, 64UL * 1024> buffer_;  // the bytes that have not been used yet:
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

std::string response(int status, const std::string& headers, const std::string& body = "") {
    return "HTTP/1.1 " + std::to_string(status) + " .\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string xml(const std::string& element, const std::string& content) {
    return response(200, "Content-Type: application/xml\r\n",
                    R"(<?xml version="1.0" encoding="UTF-8"?>)"
                    "<" +
                        element + R"( xmlns="http://s3.amazonaws.com/doc/2006-03-01/">)" + content +
                        "</" + element + ">");
}

std::string response_to_put(const RequestHead& head, std::uint64_t size) {
    bytes_of_puts += size;
    if (head.target.find("partNumber=") == std::string::npos) ++objects;
    return response(200, "ETag: \"d41d8cd98f00b204e9800998ecf8427e\"\r\n");
}

std::string response_to_post(const RequestHead& head) {
    const std::string named = "<Bucket>bench</Bucket><Key>key</Key>";
    if (head.target.find("uploadId=") == std::string::npos) {
        return xml("InitiateMultipartUploadResult", named + "<UploadId>1</UploadId>");
    }
    ++objects;
    return xml("CompleteMultipartUploadResult", named + "<ETag>\"0-1\"</ETag>");
}

std::string response_to(const RequestHead& head, std::uint64_t size) {
    if (head.method == "PUT") return response_to_put(head, size);
    if (head.method == "POST") return response_to_post(head);
    if (head.method == "DELETE") return "HTTP/1.1 204 .\r\n\r\n";
    if (head.target != "/counted") return response(200, "");
    return response(200, "", std::to_string(objects) + " " + std::to_string(bytes_of_puts) + "\n");
}

void serve(Connection& connection) {
    for (std::string text = connection.head(); !text.empty(); text = connection.head()) {
        const auto head = parse_head(std::string_view(text).substr(0, text.size() - 2));
        if (!head || head->has("Transfer-Encoding")) {
            connection.write(response(411, "Connection: close\r\n"));
            return;
        }
        if (head->has("Expect")) connection.write("HTTP/1.1 100 Continue\r\n\r\n");
        const std::uint64_t size = head->length().value_or(0);
        if (!connection.drop(size)) return;
        connection.write(response_to(*head, size));
    }
}

// `context`: nullptr for plain connections.
class Listener {
  public:
    explicit Listener(SSL_CTX* context)
        : context_(context), socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        socklen_t size = sizeof address;
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
            listen(socket_.get(), SOMAXCONN) != 0) {
            throw std::runtime_error("cannot listen");
        }
        port_ = ntohs(address.sin_port);
    }

    int port() const { return port_; }

    [[noreturn]] void run() {
        for (;;) {
            Descriptor client(accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (!client) continue;
            std::thread([context = context_, client = std::move(client)]() mutable {
                const auto connection = std::make_unique<Connection>(std::move(client), context);
                serve(*connection);
            }).detach();
        }
    }

  private:
    SSL_CTX* context_;
    Descriptor socket_;
    int port_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::cerr << "usage: bench_sink FOLDER\n";
        return 2;
    }
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
    const TlsIdentity identity("sink", "IP:127.0.0.1,DNS:localhost", TlsIdentity::Validity::now);
    std::ofstream(std::string(arguments[1]) + "/certificate.pem") << identity.pem();
    Listener plain(nullptr);
    Listener tls(identity.context());
    std::cout << plain.port() << " " << tls.port() << std::endl;
    std::thread([&] { plain.run(); }).detach();
    tls.run();
}
