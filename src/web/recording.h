// The bytes of one request's files, kept so that they can be read again.
//
// A PUT may have to be sent again from its start, so the bytes from the browser are kept until S3
// has stored them: the first MiB of a request in memory, the rest in one temporary file without a
// name, so that nothing is left behind, however the process ends. If the web server already keeps
// the body in a file (lighttpd's CGI), that file is the recording and nothing is written.
//
// Each request has one Recording; its files are extents of it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.h"
#include "base/payload.h"
#include "web/request.h"

namespace s3drop {

// The position of one file's bytes in a recording.
struct Extent {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};

class Recording {
  public:
    static constexpr std::size_t memory_size = 1024UL * 1024;

    // `spool_dir`: where the temporary file is created once the memory is full.
    explicit Recording(std::string spool_dir);

    // A body that is a file already. The descriptor is borrowed and must outlive the Recording.
    explicit Recording(BodyFile file);

    // Whether the body is a file already: nothing is appended, and extents are positions in the
    // body.
    bool in_place() const { return borrowed_ >= 0; }

    // Must not be called if in_place(). Throws Failure(insufficient_storage) if the bytes cannot be
    // kept.
    void append(std::string_view bytes);

    // Frees the memory and the temporary file: the recording is empty.
    void drop();

    std::uint64_t size() const { return size_; }

    // Fills `into` from `offset` on; returns less than its size only at the recording's end.
    // Throws Failure(internal_error) if the file cannot be read.
    std::size_t read(std::uint64_t offset, std::span<char> into) const;

  private:
    void spool(std::string_view bytes);

    std::string spool_dir_;
    std::vector<char> memory_;
    Descriptor spooled_;
    int borrowed_ = -1;
    std::uint64_t file_begin_ = 0;  // in the borrowed file
    std::uint64_t size_ = 0;
};

// The payload in an extent of a recording. The Recording must outlive the Payload.
Payload recorded_payload(const Recording& recording, Extent extent, std::string hash);

}  // namespace s3drop
