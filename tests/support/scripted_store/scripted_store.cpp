#include "scripted_store/scripted_store.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <utility>

namespace s3drop::test {

namespace {

namespace fs = std::filesystem;

// A socket that reserves the port, but does not listen yet. `port`: 0 for a free one.
Descriptor bound_socket(int port) {
    Descriptor made(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    setsockopt(made.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(made.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("the stand-in cannot bind a port");
    return made;
}

int port_of(const Descriptor& socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

// The test's own thread handles signals. SIGPIPE is blocked, as Wire requires.
template <class Function>
std::thread thread_without_signals(Function function) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread(std::move(function));
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

}  // namespace

ScriptedStore::ScriptedStore(const StoreOptions& options) : state_(options.rules) {
    if (options.tls) {
        identities_ = std::make_unique<StoreIdentities>();
        fs::permissions(folder_.path(), fs::perms(0755));  // the program's user has to read it
        fs::permissions(folder_.file("authorities.pem", identities_->authorities()),
                        fs::perms(0644));
    }
    listener_ = bound_socket(0);
    port_ = port_of(listener_);
    listen();
}

ScriptedStore::~ScriptedStore() {
    stop_listening();
    end_connections();
    for (Served& served : served_)
        served.thread.join();
}

void ScriptedStore::script(const std::vector<Step>& steps) {
    state_.set_script({steps.begin(), steps.end()});
}

void ScriptedStore::otherwise(const Step& step) {
    state_.set_otherwise(step);
}

void ScriptedStore::listen() {
    if (acceptor_.joinable()) return;
    if (::listen(listener_.get(), 128) != 0) throw std::runtime_error("the stand-in cannot listen");
    acceptor_ =
        thread_without_signals([this, listener = listener_.get()] { accept_all(listener); });
}

void ScriptedStore::stop_listening() {
    if (!acceptor_.joinable()) return;
    shutdown(listener_.get(), SHUT_RDWR);  // accept() fails then
    acceptor_.join();
}

void ScriptedStore::refuse() {
    stop_listening();
    listener_ = Descriptor();
    listener_ = bound_socket(port_);
}

void ScriptedStore::end_connections() {
    const std::lock_guard lock(mutex_);
    for (const Served& served : served_) {
        if (served.open) shutdown(served.descriptor, SHUT_RDWR);
    }
}

void ScriptedStore::accept_all(int listener) {
    while (true) {
        Descriptor socket(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
        if (!socket) {
            if (errno == ECONNABORTED) continue;
            return;
        }
        const std::lock_guard lock(mutex_);
        std::erase_if(served_, [](Served& served) {
            if (served.over) served.thread.join();
            return served.over;
        });
        Served& served = served_.emplace_back(Served{.descriptor = socket.get()});
        served.thread = std::thread(
            [this, &served, number = ++connections_, accepted = std::move(socket)]() mutable {
                serve(std::move(accepted), served, number);
            });
    }
}

void ScriptedStore::serve(Descriptor socket, Served& served, int number) {
    {
        Wire wire(std::move(socket));
        std::string failure;
        try {
            serve_connection(wire, state_, number, identities_.get());
        } catch (const std::exception& error) {
            failure = error.what();
        }
        const std::lock_guard lock(mutex_);
        if (!failure.empty()) failures_.push_back("the stand-in itself: " + failure);
        served.open = false;
    }
    const std::lock_guard lock(mutex_);
    served.over = true;
}

std::vector<std::string> ScriptedStore::faults() const {
    std::vector<std::string> all;
    for (const SeenRequest& request : requests()) {
        if (!request.refusal || request.refusal->circumstance) continue;
        all.push_back(request.head.method + " " + request.head.target + ": " +
                      request.refusal->code + ": " + request.refusal->message);
    }
    const std::lock_guard lock(mutex_);
    all.insert(all.end(), failures_.begin(), failures_.end());
    return all;
}

int ScriptedStore::connections() const {
    const std::lock_guard lock(mutex_);
    return connections_;
}

std::size_t ScriptedStore::open_connections() const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::count_if(
        served_.begin(), served_.end(), [](const Served& served) { return !served.over; }));
}

StoreAccess ScriptedStore::access() const {
    const std::string authority = "127.0.0.1:" + std::to_string(port_);
    const StoreRules now = rules();
    return {.endpoint = (identities_ ? "https://" : "http://") + authority,
            .endpoint_tls = identities_ ? "https://" + authority : "",
            .ca_bundle = identities_ ? folder_.path("authorities.pem") : "",
            .bucket = "bucket",
            .access_key_id = now.access_key_id,
            .secret_access_key = now.secret_access_key};
}

}  // namespace s3drop::test
