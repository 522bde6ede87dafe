#include "system/open_files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace s3drop::test {

namespace {

namespace fs = std::filesystem;

// The descriptors in /proc/self/fd, except the one that reads this folder.
std::vector<int> descriptors() {
    std::vector<int> open;
    for (const auto& entry : fs::directory_iterator("/proc/self/fd"))
        open.push_back(std::stoi(entry.path().filename().string()));
    std::erase_if(open, [](int descriptor) { return fcntl(descriptor, F_GETFD) < 0; });
    return open;
}

}  // namespace

std::vector<OpenFile> open_files_in(const fs::path& folder) {
    std::vector<OpenFile> files;
    for (const int descriptor : descriptors()) {
        std::error_code gone;
        const fs::path target =
            fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor), gone);
        struct stat status {};
        if (gone || !target.string().starts_with(folder.string() + "/") ||
            fstat(descriptor, &status) != 0)
            continue;
        files.push_back({.size = static_cast<std::uint64_t>(status.st_size),
                         .links = status.st_nlink,
                         .permissions = status.st_mode & 07777U,
                         .closed_on_exec = (fcntl(descriptor, F_GETFD) & FD_CLOEXEC) != 0});
    }
    return files;
}

std::size_t open_descriptors() {
    return descriptors().size();
}

}  // namespace s3drop::test
