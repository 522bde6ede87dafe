#include "system/child.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iterator>
#include <system_error>

#include "base/descriptor.h"

namespace s3drop::test {

namespace {

[[noreturn]] void run_child(int to, const std::function<std::string()>& step) {
    std::string said;
    try {
        said = step();
    } catch (const std::exception& error) {
        said = error.what();
    }
    _exit(write(to, said.data(), said.size()) < 0);
}

constexpr unsigned flags_of_openat = offsetof(seccomp_data, args) + 2 * sizeof(std::uint64_t);

bool apply(const sock_fprog& program) {
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool write_to(const char* path, const std::string& text) {
    const Descriptor file(open(path, O_WRONLY | O_CLOEXEC));
    return write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// user_namespaces(7): in a new namespace, a user has to be mapped; until then it is nobody.
bool enter_user_namespace() {
    const std::string user = std::to_string(geteuid());
    const std::string group = std::to_string(getegid());
    return unshare(CLONE_NEWUSER) == 0 && write_to("/proc/self/setgroups", "deny") &&
           write_to("/proc/self/uid_map", user + " " + user + " 1") &&
           write_to("/proc/self/gid_map", group + " " + group + " 1");
}

}  // namespace

std::string said_by_child(const std::function<std::string()>& step) {
    int ends[2];
    if (pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    const Descriptor reader(ends[0]);
    Descriptor writer(ends[1]);
    const pid_t child = fork();
    if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (child == 0) run_child(writer.get(), step);
    writer = Descriptor();  // otherwise read() would not see the end
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (status != 0) return "child ended with status " + std::to_string(status);
    std::string said(4096, '\0');
    const ssize_t got = read(reader.get(), said.data(), said.size());
    said.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return said;
}

bool mount_tmpfs(const std::string& dir, const std::string& options) {
    if (geteuid() != 0 && !enter_user_namespace()) return false;
    return unshare(CLONE_NEWNS) == 0 &&
           mount("none", "/", "none", MS_REC | MS_PRIVATE, nullptr) == 0 &&
           mount("none", dir.c_str(), "tmpfs", 0, options.c_str()) == 0;
}

bool forbid_unnamed_files() {
    sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, flags_of_openat),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, O_TMPFILE),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, O_TMPFILE, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EOPNOTSUPP),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    return apply({.len = std::size(filter), .filter = filter});
}

bool forbid_making_files_over_others() {
    sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, flags_of_openat),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, O_CREAT | O_EXCL),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, O_CREAT, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    return apply({.len = std::size(filter), .filter = filter});
}

bool become_ordinary_user() {
    constexpr unsigned nobody = 65534;
    if (geteuid() != 0) return true;
    return setgroups(0, nullptr) == 0 && setgid(nobody) == 0 && setuid(nobody) == 0;
}

bool forbid_call(long number, int error) {
    const auto code = static_cast<std::uint32_t>(error);
    sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, error == 0 ? SECCOMP_RET_KILL_PROCESS : SECCOMP_RET_ERRNO | code),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    return apply({.len = std::size(filter), .filter = filter});
}

int kernel_s_landlock() {
    constexpr unsigned ask_version = 1;
    const long abi = syscall(landlock_create_ruleset_call, nullptr, 0, ask_version);
    return static_cast<int>(std::max(0L, abi));
}

}  // namespace s3drop::test
