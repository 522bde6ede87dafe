// Decides which role this process has, and connects the modules.
//
// The same executable is a FastCGI worker, a CGI program and a command. It is a worker if
// descriptor 0 is a listening socket, and a CGI program if REQUEST_METHOD is set. Only the command
// looks at its arguments: those of a CGI program come from the query string, that is, from anyone.

#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/hex.h"
#include "check/check.h"
#include "http/curl_client.h"
#include "process/loaded_pages.h"
#include "process/sandbox.h"
#include "settings/secret_files.h"
#include "settings/settings.h"
#include "upload/serve.h"
#include "version.h"
#include "web/cgi.h"
#include "web/fastcgi.h"

namespace {

using namespace s3drop;

constexpr const char* usage =
    "usage: upload.fcgi [--check [--json] | --help | --version]\n"
    "\n"
    "Receives files from web forms and stores them in Amazon S3, or in another store that\n"
    "supports the S3 protocol. A web server runs it, over FastCGI or CGI. On the command line:\n"
    "\n"
    "  --check    read the settings as an upload would, test the connection to S3 with a small\n"
    "             object, and report what is wrong; add --json for scripts\n"
    "  --help     print this text\n"
    "  --version  print the version\n"
    "\n"
    "Settings come from the environment or from a settings file: the one that UPLOAD_CONFIG\n"
    "names, or else ~/.config/s3drop/upload.conf, or else /etc/s3drop/upload.conf.\n"
    "UPLOAD_BUCKETS and AWS credentials are required.\n";

std::string environment(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    return value == nullptr ? "" : value;
}

std::string random_hex() {
    std::array<unsigned char, 16> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        throw std::runtime_error("the system returned no random bytes");
    }
    return hex(bytes);
}

CurlClient::Options client_options(const Settings& settings) {
    const Credentials& keys = settings.access.credentials;
    return {.timeout = settings.access.timeout,
            .ca_bundle = settings.ca_bundle,
            .trace = settings.trace,
            .secrets = {keys.access_key_id, keys.secret_access_key, keys.session_token}};
}

// The machine does not provide something that the program needs.
SettingsError unavailable(const std::string& what) {
    return SettingsError({{SettingProblem::Kind::unavailable, what}});
}

// Created after the settings are read and the trace file is open. `trusted`: the files and folders
// that libcurl opens later.
Sandbox sandbox_for(const Settings& settings, const std::vector<std::string>& trusted) {
    SandboxFiles files = system_files(settings.spool_dir);
    files.read.insert(files.read.end(), trusted.begin(), trusted.end());
    if (!environment("OPENSSL_CONF").empty()) files.read.push_back(environment("OPENSSL_CONF"));
    if (!settings.ca_bundle.empty()) files.read_again.push_back(settings.ca_bundle);
    return {settings.sandbox, files};
}

// One write per line, so that the lines of several workers do not mix.
void log(std::string_view line) {
    const std::string text = std::string(line) + "\n";
    static_cast<void>(!write(STDERR_FILENO, text.data(), text.size()));
}

// Serves requests. While settings are missing or wrong, every request reads them again, and the
// reply is 500.
class Server {
  public:
    // For a worker: loads the settings before the first request, and logs when it is ready. Throws
    // SettingsError if a setting is wrong; if one is only missing, the requests report it.
    void start() {
        is_worker_ = true;
        try {
            load();
        } catch (const SettingsError& error) {
            if (error.wrong()) throw;
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

    // Whether a new worker could read a file that this one cannot (sandbox.h).
    bool is_outdated() const {
        const std::string path = sandbox_.replaced();
        if (!path.empty())
            log("upload.fcgi: " + path + " was replaced; exiting so that a new worker starts");
        return !path.empty();
    }

  private:
    struct NoClient final : HttpClient {
        HttpResponse send(const HttpRequest&) override {
            throw TransportError(TransportError::Kind::unreachable, "not set up");
        }
    };

    void load() {
        Settings settings = load_settings(environment);
        client_.emplace(client_options(settings));
        const std::string exposed = exposed_secrets(settings.secret_files);
        if (!exposed.empty()) log("upload.fcgi: " + exposed);
        sandbox_ = sandbox_for(settings, trusted());
        if (settings.sandbox == SandboxUse::required && !sandbox_.on())
            throw unavailable("UPLOAD_SANDBOX=yes cannot be satisfied, sandbox: " +
                              sandbox_.text());
        if (is_worker_ || sandbox_.failed()) log("upload.fcgi: ready, sandbox: " + sandbox_.text());
        settings_ = std::move(settings);
    }

    // A CGI program loads libcurl only when it is needed, because the sandbox allows the system's
    // libraries and certificates anyway. With LD_LIBRARY_PATH it may be another libcurl, which has
    // to be asked first.
    std::vector<std::string> trusted() const {
        if (!is_worker_ && environment("LD_LIBRARY_PATH").empty()) return {};
        try {
            return CurlClient::trusted_by_default();
        } catch (const std::runtime_error& error) {
            throw unavailable(error.what());
        }
    }

    World world(HttpClient& client) {
        return {.s3 = client,
                .learned = learned_,
                .now = std::chrono::system_clock::now,
                .wait = [](auto time) { std::this_thread::sleep_for(time); },
                .random_hex = random_hex,
                .log = log};
    }

    std::optional<Settings> settings_;
    std::optional<CurlClient> client_;
    Sandbox sandbox_;
    bool is_worker_ = false;
    Learned learned_;
};

std::vector<std::string> environment_names() {
    std::vector<std::string> names;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string_view text = *variable;
        names.emplace_back(text.substr(0, text.find('=')));
    }
    return names;
}

int run_check(bool json) {
    const CheckReport report =
        check({.environment = environment,
               .environment_names = environment_names(),
               .client =
                   [](const Settings& settings) {
                       return std::make_unique<CurlClient>(client_options(settings));
                   },
               .sandbox =
                   [](const Settings& settings) {
                       return sandbox_for(settings, CurlClient::trusted_by_default());
                   },
               .now = std::chrono::system_clock::now,
               .random_hex = random_hex});
    std::cout << (json ? check_json(report) : check_text(report));
    return all_ok(report) ? EXIT_SUCCESS : EXIT_FAILURE;
}

int command(const std::vector<std::string>& arguments) {
    const std::string argument = arguments.size() == 1 ? arguments.front() : "";
    if (argument == "--check") return run_check(false);
    if (arguments == std::vector<std::string>{"--check", "--json"}) return run_check(true);
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
        release_loaded_pages();
        run_fastcgi(std::ref(server), [&] { return server.is_outdated(); });
        return EXIT_SUCCESS;
    }
    if (is_cgi()) {
        run_cgi(std::ref(server));
        return EXIT_SUCCESS;
    }
    return command({argv + 1, argv + argc});
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
