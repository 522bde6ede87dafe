// A file of the form while it comes in: its bytes go into the recording as they arrive, and may be
// read at the same time, so that the PUT need not wait for the last of them.
//
// Who reads has to say beforehand how long the file is, and its length is known only where it is
// the last part of the form: then the body's length implies it. So the length is taken on trust,
// and the file's last byte is given out only when the closing delimiter was found where it has to
// be. A PUT that was begun on a wrong length thus never gets its last byte, and stores nothing.
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

// Thrown by IncomingFile::read: more of the form follows this file. Nothing is lost, it can be read
// on. Not an std::exception, so that it is taken for no error on its way.
struct NotTheLastPart {};

class IncomingFile {
  public:
    // The current part of `parts`, of which nothing was read yet. Both outlive the file.
    IncomingFile(PartSource& parts, Recording& recording);

    // Its length, if it is the last part; nothing where that cannot be told.
    std::optional<std::uint64_t> implied_size() const { return implied_size_; }

    // The bytes from `offset` on, waiting for them where they are still to come; before that, out
    // of the recording. At least one, 0 only behind the last. Needs an implied size.
    // Throws Failure as the parts do, NotTheLastPart, and what there was to say of a lost recording
    // where the bytes asked for were in it.
    std::size_t read(std::uint64_t offset, std::span<char> into);

    // The same as a Payload, which the file outlives; without a hash.
    Payload payload();

    // Reads what is left into the recording. Throws Failure as the parts and the recording do, also
    // one that read() got over.
    struct Recorded {
        Extent extent;
        std::string hash;  // SHA-256, lower-case hex; "" where the file was read as it came in
    };
    Recorded finish();

    // Set where the disk is full: read() goes on giving out what comes in, once.
    const std::optional<Failure>& lost() const { return lost_; }

  private:
    bool pull();
    void keep(std::string_view piece);
    void confirm_end();

    PartSource& parts_;
    Recording& recording_;
    std::optional<std::uint64_t> implied_size_;
    std::uint64_t offset_;       // in the recording
    std::uint64_t arrived_ = 0;  // bytes of the file so far
    std::string_view piece_;     // the last of them, as the parts hold it
    std::optional<char> last_;   // the file's last byte, once its end is confirmed
    bool streamed_ = false;
    Sha256 hash_;
    std::optional<Failure> lost_;
};

}  // namespace s3drop
