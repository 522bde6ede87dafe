#include "process/landlock.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <stdexcept>
#include <system_error>

namespace s3drop::landlock {

namespace {

// From linux/landlock.h of Linux 6.12. The build machine's own header may be older than the kernel
// that this runs on, or missing. The numbers are part of the kernel's stable interface.
constexpr long create_ruleset = 444;
constexpr long add_rule = 445;
constexpr long restrict_self = 446;

constexpr std::uint32_t ask_version = 1U << 0U;
constexpr int path_beneath = 1;

struct RulesetAttributes {
    std::uint64_t files;
    std::uint64_t network;  // since ABI 4
    std::uint64_t scoped;   // since ABI 6
};

struct [[gnu::packed]] PathBeneath {
    std::uint64_t allowed;
    std::int32_t parent;
};

constexpr std::uint64_t write_file = 1U << 1U;
constexpr std::uint64_t read_file = 1U << 2U;
constexpr std::uint64_t read_dir = 1U << 3U;
constexpr std::uint64_t remove_file = 1U << 5U;
constexpr std::uint64_t make_reg = 1U << 8U;
constexpr std::uint64_t every_file_right_of_abi_1 = (1U << 13U) - 1;
constexpr std::uint64_t refer = 1U << 13U;
constexpr std::uint64_t truncate = 1U << 14U;
constexpr std::uint64_t ioctl_dev = 1U << 15U;
constexpr std::uint64_t bind_tcp = 1U << 0U;
constexpr std::uint64_t abstract_sockets = 1U << 0U;
constexpr std::uint64_t signals = 1U << 1U;

// What is forbidden unless a rule allows it. A kernel refuses bits that it does not know, but
// accepts a structure that is longer than its own if the rest of it is 0.
RulesetAttributes handled(int abi) {
    std::uint64_t files = every_file_right_of_abi_1;
    if (abi >= 2) files |= refer;
    if (abi >= 3) files |= truncate;
    if (abi >= 5) files |= ioctl_dev;
    return {.files = files,
            .network = abi >= 4 ? bind_tcp : 0,
            .scoped = abi >= 6 ? abstract_sockets | signals : 0};
}

std::uint64_t rights(Right right, bool folder) {
    if (right == Right::make_files) return read_file | write_file | make_reg | remove_file;
    return folder ? read_file | read_dir : read_file;
}

std::system_error failed(const std::string& what) {
    return {errno, std::generic_category(), what};
}

long query_abi() {
    return syscall(create_ruleset, nullptr, 0, ask_version);
}

// Whether the landlock call would kill this process: a system call filter may do that, as systemd's
// SystemCallFilter does. So a child process tries it first, unless there is no filter.
bool is_fatal() {
    constexpr int filtered = 2;
    if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) != filtered) return false;
    static_cast<void>(std::signal(SIGCHLD, SIG_DFL));  // ignored, it would hide how the child ended
    const pid_t child = fork();
    if (child < 0) throw failed("fork");
    if (child == 0) {
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);  // no core file
        static_cast<void>(query_abi());
        _exit(0);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) throw failed("waitpid");
    }
    return !WIFEXITED(status);
}

}  // namespace

int abi() {
    if (is_fatal()) throw std::runtime_error("a system call filter blocks landlock");
    const long version = query_abi();
    if (version > 0) return static_cast<int>(version);
    if (errno == ENOSYS) throw std::runtime_error("this kernel does not support landlock");
    if (errno == EOPNOTSUPP) throw std::runtime_error("this kernel was booted without landlock");
    throw failed("landlock");
}

Ruleset::Ruleset(int abi) {
    const RulesetAttributes attributes = handled(abi);
    ruleset_ =
        Descriptor(static_cast<int>(syscall(create_ruleset, &attributes, sizeof attributes, 0)));
    if (!ruleset_) throw failed("landlock_create_ruleset");
}

void Ruleset::allow(const std::string& path, Right right) {
    const Descriptor object(open(path.c_str(), O_PATH | O_CLOEXEC));
    if (!object) return;
    const PathBeneath rule{.allowed = rights(right, path.ends_with('/')), .parent = object.get()};
    if (syscall(add_rule, ruleset_.get(), path_beneath, &rule, 0) != 0)
        throw failed("landlock_add_rule " + path);
}

void Ruleset::enforce() const {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) throw failed("PR_SET_NO_NEW_PRIVS");
    if (syscall(restrict_self, ruleset_.get(), 0) != 0) throw failed("landlock_restrict_self");
}

}  // namespace s3drop::landlock
