// Where the temporary file cannot be made, written or read.
#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <optional>
#include <string>

#include "descriptor.h"
#include "failure.h"
#include "received.h"
#include "recording.h"
#include "scratch.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(recording)

constexpr std::size_t memory = Recording::memory_size;

std::optional<Failure> failure_of_recording(const std::string& dir, std::size_t size) {
    try {
        Recording recording(dir);
        const std::string piece(65536, 'x');
        while (recording.size() < size)
            recording.append(piece);
    } catch (const Failure& failure) {
        return failure;
    }
    return std::nullopt;
}

// The answer names no path, the log says what was wrong with which.
void is_no_room(const std::optional<Failure>& failure, const std::string& logged) {
    BOOST_REQUIRE(failure.has_value());
    BOOST_TEST((failure->status == Status::insufficient_storage));
    BOOST_TEST(failure->detail == "The server has no room to keep the upload.");
    BOOST_TEST(failure->private_detail == logged);
}

BOOST_AUTO_TEST_CASE(spool_dir_that_does_not_exist) {
    const ScratchDir scratch;
    const std::string dir = scratch.path() + "/none";
    const std::size_t before = open_descriptors();
    BOOST_TEST(!failure_of_recording(dir, memory).has_value());
    is_no_room(failure_of_recording(dir, memory + 1),
               "temporary file in " + dir + ": No such file or directory");
    BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_CASE(spool_dir_that_is_a_file) {
    is_no_room(failure_of_recording("/dev/null", memory + 1),
               "temporary file in /dev/null: Not a directory");
}

// Files may grow to `bytes` only, as long as this lives.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limited{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limited);
    }
    ~FileSizeLimit() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit before_{};
    void (*handler_)(int);
};

BOOST_AUTO_TEST_CASE(file_that_may_not_grow) {
    const ScratchDir dir;
    const std::size_t before = open_descriptors();
    std::optional<Failure> failure;
    {
        const FileSizeLimit limit(
            100000);  // the write that meets it is cut short, the next one fails
        failure = failure_of_recording(dir.path(), 2 * memory);
    }
    is_no_room(failure, "write to " + dir.path() + ": File too large");
    BOOST_TEST(open_descriptors() == before);
    BOOST_TEST(dir.entries().empty());
}

// In a mount namespace of its own: a tmpfs of 1 MiB on `dir`. Only root may.
bool mount_small_tmpfs(const std::string& dir) {
    return unshare(CLONE_NEWNS) == 0 &&
           mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           mount("none", dir.c_str(), "tmpfs", 0, "size=1m") == 0;
}

// What a child process says of it, as the mount must not outlive the test.
std::string log_of_full_file_system(const std::string& dir) {
    int ends[2];
    BOOST_REQUIRE(pipe(ends) == 0);
    const Descriptor reader(ends[0]);
    Descriptor writer(ends[1]);
    const pid_t child = fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) {
        std::string said = "cannot mount";
        if (mount_small_tmpfs(dir)) {
            const auto failure = failure_of_recording(dir, 3 * memory);
            said = failure ? failure->private_detail : "no failure";
        }
        _exit(write(writer.get(), said.data(), said.size()) < 0);
    }
    writer = Descriptor();
    while (waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
    std::string said(4096, '\0');
    const ssize_t got = read(reader.get(), said.data(), said.size());
    said.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
    return said;
}

BOOST_AUTO_TEST_CASE(full_file_system) {
    const ScratchDir dir;
    const std::string said = log_of_full_file_system(dir.path());
    if (said == "cannot mount")
        BOOST_TEST_MESSAGE("a file system can only be mounted by root: not tested");
    else
        BOOST_TEST(said == "write to " + dir.path() + ": No space left on device");
}

BOOST_AUTO_TEST_CASE(body_file_that_cannot_be_read) {
    const Descriptor unreadable(open("/dev/null", O_WRONLY | O_CLOEXEC));
    const Recording recording(BodyFile{unreadable.get(), 0});
    std::string into(10, '\0');
    BOOST_CHECK_EXCEPTION(recording.read(0, into), Failure, [](const Failure& failure) {
        return failure.status == Status::internal_error &&
               failure.detail == "The kept upload could not be read again." &&
               failure.private_detail == "read the recording: Bad file descriptor";
    });
}

BOOST_AUTO_TEST_SUITE_END()
