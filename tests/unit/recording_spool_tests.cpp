// Temporary files that cannot be created, written or read.
#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sys/resource.h>

#include <csignal>
#include <optional>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "base/failure.h"
#include "system/child.h"
#include "system/open_files.h"
#include "system/temporary_folder.h"
#include "unit/received.h"
#include "web/recording.h"

using namespace s3drop;
using namespace s3drop::test;

BOOST_AUTO_TEST_SUITE(recording)

constexpr std::size_t memory = Recording::memory_size;

std::optional<Failure> failure_of_recording(const std::string& dir, std::size_t size) {
    try {
        Recording recording(dir);
        const std::string block(65536, 'x');
        while (recording.size() < size)
            recording.append(block);
    } catch (const Failure& failure) {
        return failure;
    }
    return std::nullopt;
}

// The reply names no path; the log says which path failed and why.
void check_full(const std::optional<Failure>& failure, const std::string& logged) {
    BOOST_REQUIRE(failure.has_value());
    BOOST_TEST((failure->status == Status::insufficient_storage));
    BOOST_TEST(failure->detail == "The server has no space to keep the upload.");
    BOOST_TEST(failure->private_detail == logged);
}

BOOST_AUTO_TEST_CASE(spool_dir_that_does_not_exist) {
    const TemporaryFolder scratch;
    const std::string dir = scratch.path().string() + "/none";
    const std::size_t before = open_descriptors();
    BOOST_TEST(!failure_of_recording(dir, memory).has_value());
    check_full(failure_of_recording(dir, memory + 1),
               "temporary file in " + dir + ": No such file or directory");
    BOOST_TEST(open_descriptors() == before);
}

BOOST_AUTO_TEST_CASE(spool_dir_that_is_a_file) {
    check_full(failure_of_recording("/dev/null", memory + 1),
               "temporary file in /dev/null: Not a directory");
}

// Limits the size of files to `bytes` during its lifetime.
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
    const TemporaryFolder dir;
    const std::size_t before = open_descriptors();
    std::optional<Failure> failure;
    {
        // The limit cuts the last write short: bytes that were not written must not count as kept.
        const FileSizeLimit limit(100000);
        failure = failure_of_recording(dir.path(), memory + 131072);
    }
    check_full(failure, "write to " + dir.path().string() + ": File too large");
    BOOST_TEST(open_descriptors() == before);
    BOOST_TEST(dir.entries().empty());
}

BOOST_AUTO_TEST_CASE(full_file_system) {
    const TemporaryFolder dir;
    const std::string said = said_by_child([&]() -> std::string {
        if (!mount_tmpfs(dir.path(), "size=1m")) return "not allowed";
        const auto failure = failure_of_recording(dir.path(), 3 * memory);
        return failure ? failure->private_detail : "no failure";
    });
    if (said == "not allowed")
        BOOST_TEST_MESSAGE("not tested: no right to mount a file system");
    else
        BOOST_TEST(said == "write to " + dir.path().string() + ": No space left on device");
}

BOOST_AUTO_TEST_CASE(file_system_without_unnamed_files) {
    const TemporaryFolder dir;
    const std::string bytes = noise(2 * memory);
    const std::string said = said_by_child([&]() -> std::string {
        if (!forbid_unnamed_files()) return "not allowed";
        Recording recording(dir.path());
        recording.append(bytes);
        std::string again(bytes.size(), '\0');
        if (recording.read(0, again) != bytes.size() || again != bytes) return "other bytes";
        const std::vector<OpenFile> files = open_files_in(dir.path());
        if (files.size() != 1 || !files.front().closed_on_exec ||
            files.front().permissions != 0600U)
            return "not one private file";
        return std::to_string(files.front().links) + " names, " +
               std::to_string(dir.entries().size()) + " in the folder";
    });
    if (said == "not allowed")
        BOOST_TEST_MESSAGE("not tested: no system call filters here");
    else
        BOOST_TEST(said == "0 names, 0 in the folder");
}

BOOST_AUTO_TEST_CASE(body_file_that_cannot_be_read) {
    const Descriptor unreadable(open("/dev/null", O_WRONLY | O_CLOEXEC));
    const Recording recording(BodyFile{unreadable.get(), 0});
    std::string into(10, '\0');
    BOOST_CHECK_EXCEPTION(recording.read(0, into), Failure, [](const Failure& failure) {
        return failure.status == Status::internal_error &&
               failure.detail == "The upload could not be read again from where it was kept." &&
               failure.private_detail == "read the recording: Bad file descriptor";
    });
}

BOOST_AUTO_TEST_SUITE_END()
