// What a ScriptedStore is told to do: a Step for each request, in turn.
//
// A Step is read from top to bottom: how the connection begins, how much of the request is read,
// what happens then, and what is answered, if anything is. One that says nothing does what S3
// does: it takes the request, checks it, stores the object and says so. So
//
//     {.after = 1000, .then = Do::reset}                     a reset after 1000 bytes of the body
//     {.after = 0, .answer = slow_down()}                    a refusal before 100 Continue
//     {.then = Do::close, .stores = true}                    stored, but the answer is lost
//     {.answer = {.cut = 20}}                                stored; the answer ends after 20 bytes
//     {.after = 5, .then = Do::stall, .answer = {.raw = "…"}}  silence, then something else
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "base/name_value.h"

namespace s3drop::test {

// What becomes of a connection.
enum class Do {
    go_on,
    close,     // in order: over TLS with a close_notify
    truncate,  // the same without one, as where a machine in between gives up
    reset,
    stall,  // not a byte in either direction until ScriptedStore::go_on(), then the step goes on
};

// How a connection begins.
enum class Opening {
    serve,
    close,  // before a byte is read or written
    reset,
    stall,           // then it is served after all
    greet,           // speaks first, in another protocol: "220 …"
    half_handshake,  // TLS: half of the server's first flight, then the step's `then`, or truncate
    alert,           // TLS: handshake_failure
    close_after_handshake,
};

// Whom the server says to be, over TLS.
enum class Certified {
    properly,
    by_stranger,  // nobody whom the client trusts
    other_name,   // not for this host
    expired,
};

enum class Continue { as_asked, always, never };  // 100 Continue

// What is done with the rest of the body where the answer comes before its end.
enum class Rest {
    read,     // to its end, and the connection is kept; closed if 100 Continue was waited for
    leave,    // unread, the connection open until the client ends it
    abandon,  // closed at once, which lets the system reset the connection
};

inline constexpr std::uint64_t all_of_it = std::numeric_limits<std::uint64_t>::max();

struct Answer {
    int status = 0;        // 0: what S3 would say to this request
    Headers headers = {};  // Date, Server, x-amz-request-id and Content-Length are added
    std::string body = {};
    std::optional<std::string> raw = {};  // these bytes instead of all that

    int times = 1;                         // 2: two answers at once
    std::uint64_t cut = all_of_it;         // bytes of it that are sent before `then`
    std::size_t piece = 0;                 // sent in pieces of so many bytes; 0: in one
    std::chrono::milliseconds pause = {};  // between the pieces
    std::string endless = {};              // follows again and again, until the client goes
    std::uint64_t endless_most = 64UL * 1024 * 1024;  // bytes of that, and not for ever
    // Unset: the connection is kept, but closed where this is cut, raw or endless.
    std::optional<Do> then = {};

    bool is_scripted() const { return status != 0 || raw; }
};

struct Step {
    Opening opening = Opening::serve;
    Certified certified = Certified::properly;
    std::uint64_t after = all_of_it;       // bytes of the body that are read; 0: the headers alone
    Continue invite = Continue::as_asked;  // as_asked: unless `after` is 0
    Do then = Do::go_on;
    bool stores = false;  // a good object, although S3 would not say so
    Answer answer = {};
    Rest rest = Rest::read;

    // It is over once a connection has begun this way: the next step is for its first request.
    bool is_opening() const {
        return opening != Opening::serve || certified != Certified::properly;
    }
};

}  // namespace s3drop::test
