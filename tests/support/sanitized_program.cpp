// Linked into the program that is built with sanitizers, and into nothing else: their options, and
// where their reports go.
//
// Web servers clear the environment, where options are named as a rule, and some lose what a
// program writes to standard error when it ends. So the reports go to files beside the program,
// upload.fcgi.report.PID, where the tests look for them.
#include <sys/syscall.h>
#include <unistd.h>

#include <climits>

namespace {

// This is called before the sanitizers are ready for what they watch: it uses nothing of theirs.
__attribute__((no_sanitize("address", "undefined"))) const char* options() {
    constexpr char behind[] = ".report:strict_string_checks=1:detect_stack_use_after_return=1";
    static char text[PATH_MAX + 100] = "log_path=";
    char* const path = text + sizeof "log_path=" - 1;
    long length = syscall(SYS_readlink, "/proc/self/exe", path, PATH_MAX);
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
