// The sanitizers' options, linked only into the program that is built with sanitizers.
//
// The usual place for the options is the environment, but web servers clear it. Some also lose what
// a program writes to standard error when it ends. So the reports go to files in the program's
// folder, upload.fcgi.report.PID, where the tests look for them.
//
// The program's sandbox would deny the sanitizers those files, and /proc/self, which they need to
// find leaks. So this file replaces libc's syscall() (--wrap=syscall) with one that adds both to
// the sandbox.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>
#include <cstdint>
#include <cstring>

extern "C" long __real_syscall(long number, ...);
extern "C" long __wrap_syscall(long number, long a, long b, long c, long d, long e, long f);

namespace {

constexpr long landlock_add_rule = 445;
constexpr long landlock_restrict_self = 446;

void allow(long ruleset, const char* folder) {
    constexpr std::uint64_t write_read_list_and_make = 1U << 1U | 1U << 2U | 1U << 3U | 1U << 8U;
    constexpr int beneath_a_path = 1;
    struct [[gnu::packed]] {
        std::uint64_t rights;
        std::int32_t folder;
    } const rule{write_read_list_and_make, open(folder, O_PATH | O_CLOEXEC)};
    __real_syscall(landlock_add_rule, ruleset, beneath_a_path, &rule, 0);
    close(rule.folder);
}

void allow_reports(long ruleset) {
    char program[PATH_MAX] = {};
    if (readlink("/proc/self/exe", program, sizeof program - 1) <= 0) return;
    *std::strrchr(program, '/') = '\0';
    allow(ruleset, program);
    allow(ruleset, "/proc");
}

// Called before the sanitizers are initialized, so it must not be instrumented, nor call functions
// that they intercept.
__attribute__((no_sanitize("address", "undefined"))) const char* options() {
    constexpr char behind[] = ".report:strict_string_checks=1:detect_stack_use_after_return=1";
    static char text[PATH_MAX + 100] = "log_path=";
    char* const path = text + sizeof "log_path=" - 1;
    long length = __real_syscall(SYS_readlink, "/proc/self/exe", path, PATH_MAX);
    if (length < 0) length = 0;
    for (long i = 0; i < static_cast<long>(sizeof behind); ++i)
        path[length + i] = behind[i];
    return text;
}

}  // namespace

extern "C" const char* __asan_default_options() {
    return options();
}

extern "C" const char* __ubsan_default_options() {
    return options();
}

extern "C" long __wrap_syscall(long number, long a, long b, long c, long d, long e, long f) {
    if (number == landlock_restrict_self) allow_reports(a);
    return __real_syscall(number, a, b, c, d, e, f);
}
