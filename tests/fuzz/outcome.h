// The outcome of a form. It must be the same however the bytes of the form arrive.
#pragma once

#include <sstream>
#include <string>

#include "base/failure.h"
#include "fuzzing.h"
#include "unit/received.h"

namespace s3drop::test {

struct Outcome {
    Received received;
    std::string refusal;  // "" if the form is accepted

    bool operator==(const Outcome&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
    return outcome.refusal.empty() ? out << outcome.received : out << outcome.refusal;
}

inline void must_agree(const Outcome& seen, const Outcome& expected, std::string_view what) {
    if (seen == expected) return;
    std::ostringstream both;
    both << seen << "\nexpected: " << expected;
    must(false, what, both.str());
}

inline Outcome outcome_of(const Sent& sent) {
    try {
        return {receive_form(sent), {}};
    } catch (const Failure& failure) {
        must(failure.status == Status::bad_request, "a bad form is refused with 400",
             failure.detail);
        must(!failure.detail.empty(), "a refusal has a text");
        return {{}, failure.detail};
    }
}

// Sends the form at once, a byte at a time, and `per_read` bytes at a time.
inline Outcome outcome_in_reads(Sent sent, std::size_t per_read) {
    const Outcome at_once = outcome_of(sent);
    for (const std::size_t size : {std::size_t{1}, per_read}) {
        sent.per_read = size;
        must_agree(outcome_of(sent), at_once, "the size of the reads makes no difference");
    }
    return at_once;
}

}  // namespace s3drop::test
