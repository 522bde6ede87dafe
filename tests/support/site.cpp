#include "site.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "descriptor.h"

namespace s3drop::test {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t fastcgi_workers = 8;  // of lighttpd/fastcgi.conf

std::string value_of(const std::string& environment, const std::string& name) {
    std::istringstream lines(environment);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(name + "=")) return line.substr(name.size() + 1);
    }
    throw std::runtime_error("the store gave no " + name);
}

// A site's folders belong to the user that its server runs as.
void give_to_ordinary_user(const fs::path& folder) {
    if (geteuid() != 0) return;
    const int status =
        run({.arguments = {"chown", "-R", "65534:65534", folder}, .environment = {}}).status;
    if (status != 0) throw std::runtime_error("chown failed");
}

bool listens(int port) {
    const Descriptor client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

Store::Store() {
    const fs::path dir = folder_.path() / "store";
    const Finished up =
        run({.arguments = {"tests/support/store", "up", dir, "--tls"}, .environment = {}});
    if (up.status != 0) throw std::runtime_error("the store does not start:\n" + up.output);
    const std::string environment = text_of(dir / "env");
    const fs::path certificate = public_.path() / "store.crt";
    fs::copy(value_of(environment, "S3_CACERT"), certificate);
    fs::permissions(public_.path(), fs::perms(0755));
    fs::permissions(certificate, fs::perms(0644));
    access_ = {.endpoint = value_of(environment, "S3_ENDPOINT"),
               .endpoint_tls = value_of(environment, "S3_ENDPOINT_TLS"),
               .ca_bundle = certificate,
               .bucket = value_of(environment, "S3_BUCKET"),
               .access_key_id = value_of(environment, "AWS_ACCESS_KEY_ID"),
               .secret_access_key = value_of(environment, "AWS_SECRET_ACCESS_KEY")};
}

Store::~Store() {
    run({.arguments = {"tests/support/store", "down", folder_.path() / "store"},
         .environment = {}});
}

const StoreAccess& Store::access() {
    static const Store store;
    return store.access_;
}

std::string Store::new_bucket() {
    static int number = 0;
    const std::string bucket = "bucket-" + std::to_string(++number);
    if (signed_put(access(), "/" + bucket).status != 200) {
        throw std::runtime_error("no bucket could be made");
    }
    return bucket;
}

std::ostream& operator<<(std::ostream& out, Front front) {
    return out << (front == Front::lighttpd_fastcgi ? "lighttpd FastCGI" : "lighttpd CGI");
}

std::string settings_for(const StoreAccess& store, const std::string& bucket,
                         const std::vector<std::string>& more) {
    std::map<std::string, std::string> settings = {
        {"AWS_ENDPOINT_URL_S3", store.endpoint},
        {"AWS_ACCESS_KEY_ID", store.access_key_id},
        {"AWS_SECRET_ACCESS_KEY", store.secret_access_key},
        {"UPLOAD_BUCKETS", bucket}};
    for (const std::string& line : more) {
        settings[line.substr(0, line.find('='))] = line.substr(line.find('=') + 1);
    }
    std::string text;
    for (const auto& [name, value] : settings)
        text += name + "=" + value + "\n";
    return text;
}

Site::Site(Front front, const std::string& settings) {
    const fs::path& root = folder_.path();
    for (const char* part : {"htdocs", "cgi-bin", "lighttpd"}) {
        fs::copy(part, root / part, fs::copy_options::recursive);
    }
    fs::create_directory(root / "run");
    fs::create_directory(root / "spool");
    configure(settings);
    give_to_ordinary_user(root);
    start(front);
}

void Site::configure(const std::string& settings) const {
    const fs::path& root = folder_.path();
    std::ofstream(root / "upload.conf")
        << settings << "UPLOAD_SPOOL_DIR=" << (root / "spool").string() << "\n";
}

// Another program may take the port between free_port() and lighttpd's bind: then with another.
void Site::start(Front front) {
    const fs::path& root = folder_.path();
    const char* configuration = front == Front::lighttpd_cgi ? "cgi.conf" : "fastcgi.conf";
    for (int attempt = 0; attempt < 5; ++attempt) {
        port_ = free_port();
        server_ = std::make_unique<Process>(
            Command{.arguments = {"lighttpd", "-D", "-f", root / "lighttpd" / configuration},
                    .environment = {{"S3DROP_ROOT", root},
                                    {"S3DROP_RUN", root / "run"},
                                    {"S3DROP_PORT", std::to_string(port_)},
                                    {"UPLOAD_CONFIG", root / "upload.conf"}},
                    .output = root / "run" / "lighttpd.out",
                    .ordinary_user = true});
        if (eventually([&] { return !server_->running() || listens(port_); }) &&
            server_->running()) {
            const auto all_up = [&] { return workers().size() == fastcgi_workers; };
            if (front == Front::lighttpd_fastcgi && !eventually(all_up)) {
                throw std::runtime_error("not all workers start:\n" + log());
            }
            return;
        }
    }
    throw std::runtime_error("lighttpd does not start:\n" + text_of(root / "run" / "lighttpd.out") +
                             log());
}

Site::~Site() {
    server_->signal(SIGTERM);
    server_->wait();
    for (const pid_t worker : workers())
        kill(worker, SIGKILL);
}

std::string Site::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::vector<pid_t> Site::workers() const {
    return processes_of(folder_.path() / "cgi-bin" / "upload.fcgi");
}

std::string Site::log() const {
    return text_of(folder_.path() / "run" / "error.log");
}

std::vector<std::string> Site::spooled() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path() / "spool")) {
        names.push_back(entry.path().filename());
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

bool eventually(const std::function<bool()>& condition, int seconds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

}  // namespace s3drop::test
