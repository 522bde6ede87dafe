// Which role this process has, and what it is wired to.
//
// The same executable is a FastCGI worker, a CGI program and a command: a listening socket on
// descriptor 0 makes it the first, REQUEST_METHOD the second. Arguments count for the command only,
// since a CGI program's come from the query string, that is, from anybody.

#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>

#include "cgi.h"
#include "curl_client.h"
#include "fastcgi.h"
#include "settings.h"
#include "upload.h"
#include "version.h"

namespace {

using namespace s3drop;

constexpr const char* usage =
    "usage: upload.fcgi [--check | --help | --version]\n"
    "\n"
    "Takes the uploads of a web page's form and stores them in Amazon S3, or in any store that\n"
    "speaks its protocol. A web server starts it, as FastCGI or as CGI; by hand it only answers:\n"
    "\n"
    "  --check    read the settings as an upload would and say what is wrong with them\n"
    "  --help     this text\n"
    "  --version  the version\n"
    "\n"
    "Settings come from the environment, else from the file that UPLOAD_CONFIG names, else from\n"
    "~/.config/s3drop/upload.conf, else from /etc/s3drop/upload.conf. Required are UPLOAD_BUCKETS\n"
    "and AWS credentials.\n";

std::string environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? "" : value;
}

std::string random_hex() {
    std::array<unsigned char, 16> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        throw std::runtime_error("no random bytes");
    }
    std::string hex;
    for (const unsigned char byte : bytes) {
        hex += "0123456789abcdef"[byte >> 4U];
        hex += "0123456789abcdef"[byte & 0xFU];
    }
    return hex;
}

// One write per line, so that lines of several workers do not mix.
void log(std::string_view line) {
    const std::string text = std::string(line) + "\n";
    static_cast<void>(!write(STDERR_FILENO, text.data(), text.size()));
}

// Answers requests: with the settings once they are in order, until then with what keeps them from
// being so. They are read again for each request as long as they are not.
class Server {
  public:
    // Throws SettingsError for settings that are wrong, not just missing.
    void start() {
        try {
            load();
        } catch (const SettingsError& error) {
            if (error.wrong) throw;
            log(std::string("upload.fcgi: not set up: ") + error.what());
        }
    }

    void operator()(Request& request) {
        try {
            if (!settings_) load();
        } catch (const SettingsError& error) {
            NoClient none;
            serve_unconfigured(request, error.what(), world(none));
            return;
        }
        serve(request, *settings_, world(*client_));
    }

  private:
    struct NoClient final : HttpClient {
        HttpResponse send(const HttpRequest&) override {
            throw TransportError(TransportError::Kind::unreachable, "not set up");
        }
    };

    void load() {
        settings_ = load_settings(environment);
        client_.emplace(CurlClient::Options{settings_->timeout, settings_->ca_bundle});
    }

    static World world(HttpClient& client) {
        return {client, std::chrono::system_clock::now, random_hex, log};
    }

    std::optional<Settings> settings_;
    std::optional<CurlClient> client_;
};

int check() {
    const Settings settings = load_settings(environment);
    std::cout << "settings file  " << (settings.file.empty() ? "none" : settings.file)
              << "\ncredentials    from " << settings.credentials_source << "\nregion         "
              << settings.region << "\nendpoint       " << settings.endpoint.scheme << "://"
              << settings.endpoint.host
              << (settings.endpoint.port.empty() ? "" : ":" + settings.endpoint.port)
              << settings.endpoint.path << "\nlargest upload " << settings.max_size
              << " bytes\noverwriting    " << (settings.overwrite ? "yes" : "no") << '\n';
    for (const std::string& bucket : settings.buckets)
        std::cout << "bucket         " << bucket << '\n';
    return EXIT_SUCCESS;
}

int command(const std::string& argument) {
    if (argument == "--check") return check();
    if (argument == "--help") {
        std::cout << usage;
        return EXIT_SUCCESS;
    }
    if (argument == "--version") {
        std::cout << "s3drop " S3DROP_VERSION "\n";
        return EXIT_SUCCESS;
    }
    std::cerr << usage;
    return 2;
}

int run(int argc, char** argv) {
    Server server;
    if (is_fastcgi()) {
        server.start();
        run_fastcgi(std::ref(server));
        return EXIT_SUCCESS;
    }
    if (is_cgi()) {
        run_cgi(std::ref(server));
        return EXIT_SUCCESS;
    }
    return command(argc == 2 ? argv[1] : "");
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "upload.fcgi: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
