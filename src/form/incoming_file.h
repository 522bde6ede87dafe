// A file of the form while it arrives. Its bytes are appended to the recording, and can be read at
// the same time, so that the PUT can start before the file is complete.
//
// A PUT has to state the file's size in advance, and the body's length implies that size only if
// the file is the form's last part. So s3drop assumes that it is, and read() returns the file's
// last byte only after the closing delimiter has been found where this size puts it. A PUT that was
// started with a wrong size never gets its last byte, and therefore stores nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/failure.h"
#include "base/payload.h"
#include "form/parts.h"
#include "web/recording.h"

namespace s3drop {

// Thrown by IncomingFile::read() if the file does not have its implied size, in most cases because
// another part follows. No bytes are lost: finish() reads the rest. It is not a std::exception, so
// that no handler on its way treats it as an error.
struct NotTheLastPart {};

class IncomingFile {
  public:
    // The file is the current part of `parts`, and none of it has been read. `parts` and
    // `recording` must outlive the IncomingFile.
    IncomingFile(PartSource& parts, Recording& recording);

    // The file's size in bytes, assuming that it is the last part. Returns nullopt if this cannot
    // be known.
    std::optional<std::uint64_t> implied_size() const { return implied_size_; }

    // Copies bytes from `offset` on into `into` and returns how many: at least one, or 0 if
    // `offset` is at the end or `into` is empty. Waits for bytes that have not arrived; bytes
    // before the current block come from the recording. Call it only if there is an implied size.
    // Throws NotTheLastPart, Failure as the parts do, and the Failure in lost() if the bytes were
    // in a recording that is lost.
    std::size_t read(std::uint64_t offset, std::span<char> into);

    // The file as a Payload without a hash, read with read(). The IncomingFile must outlive it.
    Payload payload();

    struct Recorded {
        Extent extent;
        std::string hash;  // SHA-256, lower-case hex; "" if read() was called
    };

    // Reads the rest of the file into the recording. Throws Failure as the parts and the recording
    // do, and the Failure in lost() unless read() has returned the last byte.
    Recorded finish();

    // Set if the recording was lost because the disk is full. read() can then return only bytes of
    // the current block and later ones.
    const std::optional<Failure>& lost() const { return lost_; }

  private:
    bool pull();
    void keep(std::string_view block);
    void confirm_end();

    PartSource& parts_;
    Recording& recording_;
    std::optional<std::uint64_t> implied_size_;
    std::uint64_t offset_;       // of the file in the recording
    std::uint64_t arrived_ = 0;  // bytes of the file so far, block_ included
    std::string_view block_;     // the current block, a view of what `parts` holds
    std::optional<char> last_;   // the file's last byte, once its end is confirmed
    bool streamed_ = false;      // whether read() was called
    Sha256 hash_;
    std::optional<Failure> lost_;
};

}  // namespace s3drop
