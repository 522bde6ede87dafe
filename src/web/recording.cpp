#include "web/recording.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "base/failure.h"

namespace s3drop {

namespace {

constexpr std::size_t small = 32UL * 1024;  // enough for most small files

std::string errno_text() {
    return std::generic_category().message(errno);
}

Failure no_room(const std::string& why) {
    return {Status::insufficient_storage, "The server has no space to keep the upload.", why};
}

// A file without a name: with O_TMPFILE if the file system supports it, otherwise created and
// unlinked.
Descriptor unnamed_file(const std::string& dir) {
    Descriptor file(open(dir.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (file) return file;
    std::string path = dir + "/s3drop-XXXXXX";
    file = Descriptor(mkostemp(path.data(), O_CLOEXEC));
    if (!file) throw no_room("temporary file in " + dir + ": " + errno_text());
    unlink(path.c_str());
    return file;
}

}  // namespace

Recording::Recording(std::string spool_dir) : spool_dir_(std::move(spool_dir)) {}

Recording::Recording(BodyFile file) : borrowed_(file.descriptor), file_begin_(file.offset) {}

void Recording::append(std::string_view bytes) {
    const std::size_t to_memory = std::min(bytes.size(), memory_size - memory_.size());
    if (to_memory > 0) {
        const std::size_t needed = memory_.size() + to_memory;
        if (needed > memory_.capacity()) memory_.reserve(needed <= small ? small : memory_size);
        memory_.insert(memory_.end(), bytes.begin(), bytes.begin() + to_memory);
    }
    spool(bytes.substr(to_memory));
    size_ += bytes.size();
}

void Recording::spool(std::string_view bytes) {
    if (bytes.empty()) return;
    if (!spooled_) spooled_ = unnamed_file(spool_dir_);
    while (!bytes.empty()) {
        const ssize_t written = write(spooled_.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) throw no_room("write to " + spool_dir_ + ": " + errno_text());
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void Recording::drop() {
    memory_ = {};
    spooled_ = Descriptor();
    size_ = 0;
}

std::size_t Recording::read(std::uint64_t offset, std::span<char> into) const {
    std::size_t filled = 0;
    if (offset < memory_.size()) {
        filled = std::min<std::size_t>(into.size(), memory_.size() - offset);
        std::memcpy(into.data(), memory_.data() + offset, filled);
    }
    const int file = in_place() ? borrowed_ : spooled_.get();
    while (file >= 0 && filled < into.size()) {
        const std::uint64_t position = file_begin_ + offset + filled - memory_.size();
        const ssize_t got =
            pread(file, into.data() + filled, into.size() - filled, static_cast<off_t>(position));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            throw Failure(Status::internal_error,
                          "The upload could not be read again from where it was kept.",
                          "read the recording: " + errno_text());
        }
        if (got == 0) break;
        filled += static_cast<std::size_t>(got);
    }
    return filled;
}

Payload recorded_payload(const Recording& recording, Extent extent, std::string hash) {
    return {.size = extent.size,
            .hash = std::move(hash),
            .read = [&recording, extent](std::uint64_t offset, std::span<char> into) {
                const std::uint64_t left = extent.size - std::min(offset, extent.size);
                return recording.read(extent.offset + offset,
                                      into.first(std::min<std::uint64_t>(into.size(), left)));
            }};
}

}  // namespace s3drop
