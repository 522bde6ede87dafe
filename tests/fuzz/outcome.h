// What becomes of a form that is sent: the same whichever way its bytes come in.
#pragma once

#include <sstream>
#include <string>

#include "base/failure.h"
#include "fuzzing.h"
#include "unit/received.h"

namespace s3drop::test {

struct Outcome {
    Received received;
    std::string refusal;  // "" where the form is taken

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
        must(failure.status == Status::bad_request, "a bad form is answered with 400",
             failure.detail);
        must(!failure.detail.empty(), "a refusal has a text");
        return {{}, failure.detail};
    }
}

// Sends it at once, a byte at a time, and in pieces of `piece` bytes.
inline Outcome outcome_in_pieces(Sent sent, std::size_t piece) {
    const Outcome at_once = outcome_of(sent);
    for (const std::size_t size : {std::size_t{1}, piece}) {
        sent.per_read = size;
        must_agree(outcome_of(sent), at_once, "pieces make no difference");
    }
    return at_once;
}

}  // namespace s3drop::test
