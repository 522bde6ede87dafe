#include "site/host.h"

#include <regex>
#include <sstream>
#include <stdexcept>

#include "site/site.h"

namespace s3drop::test {

namespace {

namespace fs = std::filesystem;

void succeed(const std::vector<std::string>& arguments, const Environment& environment = {}) {
    const Finished finished = run({.arguments = arguments, .environment = environment});
    if (finished.status != 0) throw std::runtime_error(arguments.front() + ":\n" + finished.output);
}

// The commands of steps 1 to 3 of INSTALL, for somebody with SSH.
std::string commands_of(const fs::path& manual) {
    std::istringstream lines(text_of(manual));
    std::string commands;
    for (std::string line; std::getline(lines, line) && !line.starts_with("4. ");) {
        for (const char* command : {"mkdir ", "cp ", "chmod "}) {
            if (line.starts_with(std::string(7, ' ') + command)) commands += line + "\n";
        }
    }
    return commands;
}

// The example with the values of `settings` in place of its own, whether commented out or not.
std::string filled_in(std::string example, const std::string& settings) {
    std::istringstream lines(settings);
    for (std::string line; std::getline(lines, line);) {
        const std::string name = line.substr(0, line.find('='));
        example = std::regex_replace(example, std::regex("(^|\n)#?" + name + "=.*"), "$1" + line);
    }
    return example;
}

}  // namespace

Host::Host(HostRuns how, const std::string& package, const std::string& settings) {
    install(package, settings);
    fs::copy("tests/support/site/home.conf", run_.path());
    for (const TemporaryFolder* folder : {&home_, &run_})
        give_to_ordinary_user(folder->path());
    // Another program may take the port between free_port() and the server's bind.
    for (int attempt = 0; attempt < 5; ++attempt) {
        if (start(how)) return;
        stop();
    }
    throw std::runtime_error("Apache does not start:\n" + log());
}

void Host::install(const std::string& package, const std::string& settings) const {
    succeed({"tar", "-xzf", package, "-C", home()});
    const fs::path unpacked = home_.path(home_.entries().at(0));
    succeed({"sh", "-euc", "cd \"$0\"\n" + commands_of(unpacked / "INSTALL"), unpacked},
            {{"HOME", home()}});
    const std::string file = ".config/s3drop/upload.conf";
    home_.file(file, filled_in(text_of(home() / file), settings));  // its mode stays
}

bool Host::start(HostRuns how) {
    port_ = free_port();
    Command command{.arguments = {"tests/support/site/at-home", home(), "apache2", "-D",
                                  "FOREGROUND", "-f", run_.path("home.conf")},
                    .environment = {{"HOST_HOME", home()},
                                    {"HOST_RUN", run_.path()},
                                    {"HOST_PORT", std::to_string(port_)},
                                    {"TMPDIR", run_.path()}},
                    .output = run_.path("apache2.out")};
    if (how == HostRuns::fastcgi)
        command.arguments.insert(command.arguments.end(), {"-D", "WITH_FCGID"});
    apache_ = std::make_unique<Process>(command);
    return eventually([&] { return !apache_->running() || listens(port_); }) && apache_->running();
}

void Host::stop() {
    apache_->signal(SIGTERM);
    apache_->wait();
    for (const pid_t worker : workers())
        kill(worker, SIGKILL);
}

Host::~Host() {
    stop();
}

std::string Host::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::vector<pid_t> Host::workers() const {
    return processes_of(home() / "public_html/drop/cgi-bin/upload.fcgi");
}

std::string Host::log() const {
    return text_of(run_.path("error.log")) + text_of(run_.path("apache2.out"));
}

}  // namespace s3drop::test
