// A child process of a test: started with an environment of its own, always ended.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <map>
#include <string>
#include <vector>

namespace s3drop::test {

constexpr std::size_t small_disk_size = 4UL * 1024 * 1024;

using Environment = std::map<std::string, std::string>;

struct Command {
    std::vector<std::string> arguments;  // the program first, looked up in PATH
    Environment environment;             // all there is, but for PATH
    std::string input = {};              // a file for standard input; "": none
    std::string output = {};             // a file that standard output and error go to; "": ours
    int input_descriptor = -1;           // or an open one, such as a listening socket
    bool ordinary_user = false;          // where the tests run as root: as nobody
    std::string small_disk = {};         // a folder that is a disk of small_disk_size; "": none
};

class Process {
  public:
    explicit Process(const Command& command);
    ~Process();  // SIGKILL, if it still runs
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t pid() const { return pid_; }
    bool running();
    void signal(int number) const;

    // Waits for the end. The exit status, or 128 and the signal's number.
    int wait();

  private:
    pid_t pid_;
    int status_ = -1;  // as waitpid gives it, once ended
};

// Runs a command to its end. Throws where sanitizers in it have something to report.
struct Finished {
    int status = 0;
    std::string output;  // standard output and error
};
Finished run(Command command, const std::string& input = {});

// Those whose executable is this file.
std::vector<pid_t> processes_of(const std::string& executable);

// A value of /proc/PID/status in KiB (VmHWM), and the names of its open files that are deleted.
long status_kib(pid_t pid, const std::string& name);
std::vector<std::string> deleted_files(pid_t pid);
std::size_t open_files(pid_t pid);

}  // namespace s3drop::test
