#include "form/incoming_file.h"

#include <algorithm>
#include <cstring>

#include "base/hex.h"

namespace s3drop {

IncomingFile::IncomingFile(PartSource& parts, Recording& recording)
    : parts_(parts),
      recording_(recording),
      implied_size_(parts.implied_size()),
      offset_(recording.in_place() ? parts.data_offset().value() : recording.size()) {}

// Moves to the next block. Returns false at the part's end.
bool IncomingFile::pull() {
    block_ = {};
    const std::string_view block = parts_.data();
    if (block.empty()) return false;
    if (!streamed_) hash_.update(block);
    if (!recording_.in_place() && !lost_) keep(block);
    block_ = block;
    arrived_ += block.size();
    return true;
}

// If there is no room, a file that is already being sent is still sent to its end.
void IncomingFile::keep(std::string_view block) {
    try {
        recording_.append(block);
    } catch (const Failure& failure) {
        recording_.drop();
        lost_ = failure;
        if (!streamed_) throw;
    }
}

// Call it when only the last byte has not been returned.
void IncomingFile::confirm_end() {
    const char last = block_.back();
    if (pull() || !parts_.at_end()) throw NotTheLastPart();
    last_ = last;
}

std::size_t IncomingFile::read(std::uint64_t offset, std::span<char> into) {
    streamed_ = true;
    const std::uint64_t size = implied_size_.value();
    if (offset >= size || into.empty()) return 0;
    while (arrived_ <= offset) {
        if (!pull()) throw NotTheLastPart();
    }
    if (arrived_ > size) throw NotTheLastPart();
    if (offset == size - 1) {
        if (!last_) confirm_end();
        into.front() = *last_;
        return 1;
    }
    into = into.first(std::min<std::uint64_t>(into.size(), std::min(arrived_, size - 1) - offset));
    const std::uint64_t block_begin = arrived_ - block_.size();
    if (offset >= block_begin) {
        std::memcpy(into.data(), block_.data() + (offset - block_begin), into.size());
        return into.size();
    }
    if (lost_) throw Failure(*lost_);
    return recording_.read(offset_ + offset, into);
}

Payload IncomingFile::payload() {
    return {
        .size = implied_size_.value(),
        .hash = {},
        .read = [this](std::uint64_t offset, std::span<char> into) { return read(offset, into); }};
}

IncomingFile::Recorded IncomingFile::finish() {
    if (lost_ && !last_) throw Failure(*lost_);
    while (pull()) {
        if (lost_) throw Failure(*lost_);
    }
    return {{offset_, arrived_}, streamed_ ? "" : hex(hash_.finish())};
}

}  // namespace s3drop
