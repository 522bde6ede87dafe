#include "system/process.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "site/tested_program.h"
#include "system/child.h"
#include "system/temporary_folder.h"

namespace s3drop::test {

namespace {

namespace fs = std::filesystem;

constexpr uid_t nobody = 65534;

void redirect(const std::string& path, int flags, int descriptor) {
    const int file = open(path.c_str(), flags | O_CLOEXEC, 0644);
    if (file < 0 || dup2(file, descriptor) < 0) _exit(126);
}

// In the child: never returns.
[[noreturn]] void execute(const Command& command, const std::vector<char*>& arguments,
                          const std::vector<char*>& environment) {
    if (command.input_descriptor >= 0) {
        dup2(command.input_descriptor, STDIN_FILENO);
    } else {
        redirect(command.input.empty() ? "/dev/null" : command.input, O_RDONLY, STDIN_FILENO);
    }
    if (!command.output.empty()) {
        redirect(command.output, O_WRONLY | O_CREAT | O_APPEND, STDOUT_FILENO);
        dup2(STDOUT_FILENO, STDERR_FILENO);
    }
    const std::string disk = "mode=1777,size=" + std::to_string(small_disk_size);
    if (!command.small_disk.empty() && !mount_tmpfs(command.small_disk, disk)) _exit(124);
    if (command.ordinary_user && geteuid() == 0 &&
        (setgroups(0, nullptr) != 0 || setgid(nobody) != 0 || setuid(nobody) != 0)) {
        _exit(125);
    }
    // A crash of the tests, or Ctrl-C, has to end their servers too. They are in their own process
    // group, so that they get only this signal: Apache misses it if another one from the terminal
    // comes just before.
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    execvpe(arguments.front(), arguments.data(), environment.data());
    _exit(127);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace

Process::Process(const Command& command) {
    std::vector<std::string> arguments = command.arguments;
    std::vector<std::string> environment = {"PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"};
    for (const auto& [name, value] : command.environment)
        environment.push_back(name + "=" + value);
    const std::vector<char*> argv = pointers(arguments);
    const std::vector<char*> envp = pointers(environment);
    pid_ = fork();
    if (pid_ < 0) throw std::runtime_error("fork failed");
    if (pid_ == 0) execute(command, argv, envp);
}

Process::~Process() {
    if (!running()) return;
    kill(pid_, SIGKILL);
    wait();
}

bool Process::running() {
    if (status_ != -1) return false;
    return waitpid(pid_, &status_, WNOHANG) == 0;
}

void Process::signal(int number) const {
    kill(pid_, number);
}

int Process::wait() {
    if (status_ == -1) waitpid(pid_, &status_, 0);
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
}

Finished run(Command command, const std::string& input) {
    const TemporaryFolder folder;
    const fs::path in = folder.path() / "in";
    std::ofstream(in, std::ios::binary) << input;
    command.input = in;
    command.output = folder.path() / "out";
    Process process(command);
    const int status = process.wait();
    const std::string report = take_report(command.arguments.front(), process.pid());
    if (!report.empty()) throw std::runtime_error(report);
    return {status, text_of(folder.path() / "out")};
}

std::vector<pid_t> processes_of(const std::string& executable) {
    std::vector<pid_t> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        const std::string name = entry.path().filename();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        std::error_code gone;  // compares files, because names differ between mount namespaces
        if (fs::equivalent(entry.path() / "exe", executable, gone)) {
            found.push_back(std::stoi(name));
        }
    }
    return found;
}

long status_kib(pid_t pid, const std::string& name) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1));
    }
    throw std::runtime_error("no " + name + " of process " + std::to_string(pid));
}

std::vector<std::string> deleted_files(pid_t pid) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(pid) + "/fd")) {
        std::error_code gone;
        const std::string target = fs::read_symlink(entry.path(), gone);
        if (target.ends_with("(deleted)")) names.push_back(target);
    }
    return names;
}

std::size_t open_files(pid_t pid) {
    const fs::directory_iterator all("/proc/" + std::to_string(pid) + "/fd");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

}  // namespace s3drop::test
