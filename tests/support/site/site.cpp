#include "site/site.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "base/descriptor.h"
#include "site/tested_program.h"

namespace s3drop::test {

namespace fs = std::filesystem;

Site::Site(Front front, const std::string& settings, const std::vector<std::string>& defines,
           Spool spool) {
    const fs::path& root = folder_.path();
    for (const char* part : {"htdocs", "cgi-bin", "lighttpd", "apache"}) {
        fs::copy(part, root / part, fs::copy_options::recursive);
    }
    fs::copy_file(tested_program(), root / "cgi-bin" / "upload.fcgi",
                  fs::copy_options::overwrite_existing);
    fs::create_directory(root / "run");
    fs::create_directory(root / "spool");
    configure(settings);
    // Another program may take the port between free_port() and the server's bind.
    for (int attempt = 0; attempt < 5; ++attempt) {
        port_ = free_port();
        FrontSetup setup = set_up(front, root, port_, defines);
        if (spool == Spool::small_disk) {
            for (Command& command : setup.commands)
                command.small_disk = this->spool();
        }
        program_ = setup.program;
        give_to_ordinary_user(root);
        if (start(setup)) return;
        stop();
    }
    throw std::runtime_error("the web server does not start:\n" + log());
}

void Site::configure(const std::string& settings) const {
    const fs::path& root = folder_.path();
    std::ofstream(root / "upload.conf")
        << settings << "UPLOAD_SPOOL_DIR=" << (root / "spool").string() << "\n";
    fs::permissions(root / "upload.conf", fs::perms(0600));
}

// The last command is the web server.
bool Site::start(const FrontSetup& setup) {
    for (const Command& command : setup.commands)
        servers_.push_back(std::make_unique<Process>(command));
    Process& server = *servers_.back();
    if (!eventually([&] { return !server.running() || listens(port_); }) || !server.running()) {
        return false;
    }
    if (!eventually([&] { return workers().size() >= setup.workers; })) {
        throw std::runtime_error("not all workers start:\n" + log());
    }
    return true;
}

void Site::stop() {
    while (!servers_.empty()) {
        servers_.back()->signal(SIGTERM);
        servers_.back()->wait();
        servers_.pop_back();
    }
    constexpr int seconds = 2;  // more than an idle worker needs to stop
    eventually([&] { return workers().empty(); }, seconds);
    for (const pid_t worker : workers())
        kill(worker, SIGKILL);
}

Site::~Site() {
    stop();
    check_for_reports(folder_.path() / *fs::path(program_).begin());
}

std::string Site::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::vector<pid_t> Site::workers() const {
    return processes_of(folder_.path() / program_);
}

pid_t Site::busy_worker() const {
    for (const pid_t worker : workers()) {
        try {
            if (!deleted_files(worker).empty()) return worker;
        } catch (const fs::filesystem_error&) {
            continue;  // the worker has ended
        }
    }
    return 0;
}

std::string Site::log() const {
    std::string all;
    for (const char* name : {"error.log", "lighttpd.out", "apache2.out", "pool.out"}) {
        all += text_of(folder_.path() / "run" / name);
    }
    return all;
}

std::vector<std::string> Site::spooled() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path() / "spool")) {
        names.push_back(entry.path().filename());
    }
    for (const auto& entry : fs::directory_iterator(folder_.path() / "run")) {
        const std::string name = entry.path().filename();
        if (name.starts_with("fcgid.tmp") || name.starts_with("lighttpd-upload")) {
            names.push_back(name);
        }
    }
    return names;
}

int free_port() {
    const Descriptor listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    socklen_t size = sizeof address;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error("no free port");
    }
    return ntohs(address.sin_port);
}

bool listens(int port) {
    const Descriptor client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

void give_to_ordinary_user(const fs::path& folder) {
    if (geteuid() != 0) return;
    const int status =
        run({.arguments = {"chown", "-R", "65534:65534", folder}, .environment = {}}).status;
    if (status != 0) throw std::runtime_error("chown failed");
}

bool eventually(const std::function<bool()>& condition, int seconds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

}  // namespace s3drop::test
