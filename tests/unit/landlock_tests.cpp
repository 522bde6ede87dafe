// Each test runs in a child process, which is restricted for the rest of its life. If the running
// kernel does not support landlock, the tests check that this is reported.
#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <functional>
#include <system_error>

#include "process/landlock.h"
#include "system/child.h"
#include "system/temporary_folder.h"

using namespace s3drop;
using namespace s3drop::test;

namespace {

// What a child that restricts itself must say: `said`, or the error if the kernel does not support
// landlock.
std::string if_supported(const std::string& said) {
    if (syscall(landlock_create_ruleset_call, nullptr, 0, 1U) > 0) return said;
    return "landlock_create_ruleset: " + std::generic_category().message(errno);
}

landlock::Ruleset newest_ruleset() {
    return landlock::Ruleset(std::clamp(kernel_s_landlock(), 1, landlock::newest_abi));
}

// The result of abi() in a child that has first done `step`.
std::string abi_after(const std::function<bool()>& step) {
    return said_by_child([&]() -> std::string {
        if (!step()) return "no system call filters here";
        try {
            return "ABI " + std::to_string(landlock::abi());
        } catch (const std::runtime_error& error) {
            return error.what();
        }
    });
}

// "ok", or the name of the error.
std::string outcome(bool ok) {
    return ok ? "ok" : strerrorname_np(errno);
}

std::string opened(const std::string& path, int flags) {
    return outcome(static_cast<bool>(Descriptor(open(path.c_str(), flags | O_CLOEXEC, 0600))));
}

std::string executed(const std::string& path) {
    const pid_t child = fork();
    if (child == 0) {
        execl(path.c_str(), path.c_str(), nullptr);
        _exit(errno == EACCES ? 13 : 99);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WEXITSTATUS(status) == 0 ? "ok" : WEXITSTATUS(status) == 13 ? "EACCES" : "other";
}

std::string made_and_removed(const std::string& folder) {
    std::string path = folder + "/made-XXXXXX";
    const Descriptor file(mkostemp(path.data(), O_CLOEXEC));
    return outcome(file && unlink(path.c_str()) == 0);
}

// A listening socket; `ok` is false if it could not listen.
struct Listener {
    explicit Listener(const sockaddr* wanted, socklen_t size)
        : socket(::socket(wanted->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0)),
          ok(bind(socket.get(), wanted, size) == 0 && listen(socket.get(), 1) == 0) {
        getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &length);
    }

    std::string connected() const {
        const Descriptor client(::socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
        return outcome(connect(client.get(), reinterpret_cast<const sockaddr*>(&address), length) ==
                       0);
    }

    Descriptor socket;
    bool ok;
    sockaddr_storage address{};
    socklen_t length = sizeof address;
};

Listener tcp_listener() {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return Listener(reinterpret_cast<const sockaddr*>(&any), sizeof any);
}

// A socket with this path; an abstract one if the path is empty.
Listener unix_listener(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    const std::size_t size = path.empty() ? sizeof(sa_family_t) : sizeof address;
    return Listener(reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(size));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(landlock_of_the_kernel)

BOOST_AUTO_TEST_CASE(abi_that_the_kernel_reports) {
    const std::string said = abi_after([] { return true; });
    if (kernel_s_landlock() > 0)
        BOOST_TEST(said == "ABI " + std::to_string(kernel_s_landlock()));
    else
        BOOST_TEST(said.find("landlock") != std::string::npos, said);
}

BOOST_AUTO_TEST_CASE(kernels_without_landlock) {
    const std::pair<int, const char*> cases[] = {
        {ENOSYS, "this kernel does not support landlock"},
        {EOPNOTSUPP, "this kernel was booted without landlock"},
        {EPERM, "landlock: Operation not permitted"},
        {0, "a system call filter blocks landlock"},
    };
    for (const auto& [error, text] : cases) {
        BOOST_TEST(abi_after([error = error] {
                       return forbid_call(landlock_create_ruleset_call, error);
                   }) == text);
    }
}

// A web server may start its programs with SIGCHLD ignored.
BOOST_AUTO_TEST_CASE(filter_that_kills_while_sigchld_is_ignored) {
    const std::string said = abi_after([] {
        std::signal(SIGCHLD, SIG_IGN);
        return forbid_call(landlock_create_ruleset_call, 0);
    });
    BOOST_TEST(said == "a system call filter blocks landlock");
}

// A filter of other calls is no reason to do without landlock.
BOOST_AUTO_TEST_CASE(under_a_filter_of_other_calls) {
    const std::string said = abi_after([] { return forbid_call(SYS_swapon, 0); });
    BOOST_TEST(said == abi_after([] { return true; }));
}

// The kernel refuses what its ABI does not know, so only the ABIs up to its own can be tested.
BOOST_AUTO_TEST_CASE(every_abi_up_to_that_of_the_kernel) {
    const TemporaryFolder folder;
    const std::string allowed = folder.file("in/file", "x");
    const std::string other = folder.file("other", "x");
    for (int abi = 1; abi <= std::clamp(kernel_s_landlock(), 1, landlock::newest_abi); ++abi) {
        const std::string said = said_by_child([&] {
            landlock::Ruleset ruleset(abi);
            ruleset.allow(folder.path("in/"), landlock::Right::read);
            ruleset.enforce();
            return opened(allowed, O_RDONLY) + " " + opened(other, O_RDONLY);
        });
        BOOST_TEST(said == if_supported("ok EACCES"), "ABI " << abi << ": " << said);
    }
}

BOOST_AUTO_TEST_CASE(files_and_folders) {
    const TemporaryFolder folder;
    const std::string readable = folder.folder("read");
    const std::string spool = folder.folder("spool");
    const std::string others = folder.folder("others");
    for (const std::string& each : {readable, spool, others})
        folder.file(each + "/file", "x");
    const std::string single = folder.file("single", "x");

    using Step = std::function<std::string()>;
    const struct {
        const char* name;
        Step step;
        const char* outcome;
        int abi = 1;
    } cases[] = {
        {"read", [&] { return opened(readable + "/file", O_RDONLY); }, "ok"},
        {"list a readable folder", [&] { return opened(readable, O_RDONLY | O_DIRECTORY); }, "ok"},
        {"write to a readable file", [&] { return opened(readable + "/file", O_WRONLY); },
         "EACCES"},
        {"make a file there", [&] { return made_and_removed(readable); }, "EACCES"},
        {"read a single file", [&] { return opened(single, O_RDONLY); }, "ok"},
        {"write to the single file", [&] { return opened(single, O_WRONLY); }, "EACCES"},
        {"unnamed file", [&] { return opened(spool, O_TMPFILE | O_RDWR); }, "ok"},
        {"temporary file", [&] { return made_and_removed(spool); }, "ok"},
        {"list the spool", [&] { return opened(spool, O_RDONLY | O_DIRECTORY); }, "EACCES"},
        {"make a folder in it", [&] { return outcome(mkdir((spool + "/new").c_str(), 0700) == 0); },
         "EACCES"},
        {"make a link in it", [&] { return outcome(symlink("/", (spool + "/link").c_str()) == 0); },
         "EACCES"},
        {"cut a file in it short",
         [&] { return outcome(truncate((spool + "/file").c_str(), 0) == 0); }, "EACCES", 3},
        {"move a file out of it",
         [&] {
             return outcome(rename((spool + "/file").c_str(), (readable + "/new").c_str()) == 0);
         },
         "EACCES"},
        {"read elsewhere", [&] { return opened(others + "/file", O_RDONLY); }, "EACCES"},
        {"list elsewhere", [&] { return opened(others, O_RDONLY | O_DIRECTORY); }, "EACCES"},
        {"remove elsewhere", [&] { return outcome(unlink((others + "/file").c_str()) == 0); },
         "EACCES"},
        {"make a file elsewhere", [&] { return opened(others, O_TMPFILE | O_RDWR); }, "EACCES"},
        {"run a readable program", [] { return executed("/bin/true"); }, "EACCES"},
    };
    for (const auto& each : cases) {
        const std::string said = said_by_child([&] {
            landlock::Ruleset ruleset = newest_ruleset();
            for (const char* system : {"/bin/", "/lib/", "/lib64/", "/usr/", "/not/there/", ""})
                ruleset.allow(system, landlock::Right::read);
            ruleset.allow(readable + "/", landlock::Right::read);
            ruleset.allow(single, landlock::Right::read);
            ruleset.allow(spool + "/", landlock::Right::make_files);
            ruleset.enforce();
            return each.step();
        });
        const char* expected = kernel_s_landlock() >= each.abi ? each.outcome : "ok";
        BOOST_TEST(said == if_supported(expected), each.name << ": " << said);
    }
}

// Connections to the web server and to S3 need these.
BOOST_AUTO_TEST_CASE(sockets_and_signals) {
    const TemporaryFolder folder;
    const Listener tcp = tcp_listener();
    const Listener with_path = unix_listener(folder.path("socket"));
    const Listener abstract = unix_listener("");
    BOOST_REQUIRE((tcp.ok && with_path.ok && abstract.ok));
    const struct {
        const char* name;
        std::function<std::string()> step;
        const char* outcome;
        int abi = 1;
    } cases[] = {
        {"connect to a port", [&] { return tcp.connected(); }, "ok"},
        {"connect to a socket with a path", [&] { return with_path.connected(); }, "ok"},
        {"listen on a port", [] { return tcp_listener().ok ? "ok" : "no"; }, "no", 4},
        {"connect to an abstract socket", [&] { return abstract.connected(); }, "EPERM", 6},
        {"send a signal", [] { return outcome(kill(getppid(), 0) == 0); }, "EPERM", 6},
        {"send a signal to itself", [] { return outcome(raise(SIGURG) == 0); }, "ok"},
    };
    for (const auto& each : cases) {
        const std::string said = said_by_child([&] {
            newest_ruleset().enforce();
            return each.step();
        });
        const char* expected = kernel_s_landlock() >= each.abi ? each.outcome : "ok";
        BOOST_TEST(said == if_supported(expected), each.name << ": " << said);
    }
}

BOOST_AUTO_TEST_CASE(open_files_stay_open) {
    const TemporaryFolder folder;
    const std::string file = folder.file("file", "old");
    const std::string said = said_by_child([&]() -> std::string {
        const Descriptor open_file(open(file.c_str(), O_RDWR | O_APPEND | O_CLOEXEC));
        newest_ruleset().enforce();
        std::string text(3, ' ');
        const bool works =
            read(open_file.get(), text.data(), 3) == 3 && write(open_file.get(), "+new", 4) == 4;
        return works ? text : "not any more";
    });
    BOOST_TEST(said == if_supported("old"));
    BOOST_TEST(text_of(file) == (kernel_s_landlock() > 0 ? "old+new" : "old"));
}

BOOST_AUTO_TEST_CASE(restrictions_are_permanent) {
    const std::string said = said_by_child([] {
        newest_ruleset().enforce();
        landlock::Ruleset wider = newest_ruleset();
        wider.allow("/", landlock::Right::read);
        wider.enforce();
        return opened("/etc/passwd", O_RDONLY);
    });
    BOOST_TEST(said == if_supported("EACCES"));
}

BOOST_AUTO_TEST_SUITE_END()
