// A child process of a test. It has its own environment, and never outlives the test.
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
    Environment environment;             // the whole environment, except PATH
    std::string input = {};              // a file for standard input; "": none
    std::string output = {};             // a file for standard output and error; "": ours
    int input_descriptor = -1;           // for standard input instead, such as a listening socket
    bool ordinary_user = false;          // if the tests run as root, the process runs as nobody
    std::string small_disk = {};         // a folder to mount a disk of small_disk_size on; "": none
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

    // Waits for the process to end. Returns its exit status, or 128 plus the signal's number.
    int wait();

  private:
    pid_t pid_;
    int status_ = -1;  // from waitpid, after the process has ended
};

// Runs a command until it ends. Throws std::runtime_error if sanitizers in it have a report.
struct Finished {
    int status = 0;
    std::string output;  // standard output and error
};
Finished run(Command command, const std::string& input = {});

// The processes whose executable is this file.
std::vector<pid_t> processes_of(const std::string& executable);

// A value in /proc/PID/status, in KiB if it is memory (VmHWM); the names of the process's open
// files that are deleted; the number of its open files.
long status_kib(pid_t pid, const std::string& name);
std::vector<std::string> deleted_files(pid_t pid);
std::size_t open_files(pid_t pid);

}  // namespace s3drop::test
