// The script of a ScriptedStore: one Step for each request, in order.
//
// The fields of a Step are in the order of events: how the connection begins, how much of the
// request is read, what happens then, and what the response is, if there is one. A Step without
// values does what S3 does: it reads the request, checks it, stores the object and responds. So
//
//     {.after = 1000, .then = Do::reset}          a reset after 1000 bytes of the body
//     {.after = 0, .response = slow_down()}       a refusal before 100 Continue
//     {.then = Do::close, .stores = true}         stored, but the response is lost
//     {.response = {.cut = 20}}                   stored; the response ends after 20 bytes
//     {.after = 5, .then = Do::stall, .response = {.raw = "…"}}  silence, then these bytes
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "base/name_value.h"

namespace s3drop::test {

// What is done with a connection.
enum class Do {
    go_on,
    close,     // properly: over TLS with a close_notify
    truncate,  // without a close_notify, as if a machine in between had ended the connection
    reset,
    stall,  // no byte in either direction until ScriptedStore::go_on(); then the step goes on
};

// How a connection begins.
enum class Opening {
    serve,
    close,  // before a byte is read or written
    reset,
    stall,           // then it is served
    greet,           // the server writes first, in another protocol: "220 …"
    half_handshake,  // TLS: half of the server's first flight, then the step's `then`, or truncate
    alert,           // TLS: handshake_failure
    close_after_handshake,
};

// The server's certificate, over TLS.
enum class Certified {
    properly,
    by_stranger,  // the client does not trust it
    other_name,   // for another host
    expired,
};

enum class Continue { as_asked, always, never };  // whether 100 Continue is sent

// What is done with the rest of the body if the response is sent before its end.
enum class Rest {
    read,     // read to its end, keep the connection; close it if the client waits for 100 Continue
    leave,    // do not read; the connection stays open until the client ends it
    abandon,  // close at once, so that the system resets the connection
};

inline constexpr std::uint64_t all_of_it = std::numeric_limits<std::uint64_t>::max();

struct ScriptedResponse {
    int status = 0;        // 0: S3's own response to this request
    Headers headers = {};  // Date, Server, x-amz-request-id and Content-Length are added
    std::string body = {};
    std::optional<std::string> raw = {};  // these bytes instead of all of the above

    int times = 1;                         // 2: the response twice, at once
    std::uint64_t cut = all_of_it;         // how many bytes of it are sent before `then`
    std::size_t write_size = 0;            // bytes in each write; 0: all in one
    std::chrono::milliseconds pause = {};  // between two writes
    std::string endless = {};              // sent repeatedly, until the client ends the connection
    std::uint64_t endless_limit = 64UL * 1024 * 1024;  // how many bytes of it at most
    // Unset: the connection is closed if the response is cut, raw or endless, and kept otherwise.
    std::optional<Do> then = {};

    bool is_scripted() const { return status != 0 || raw; }
};

struct Step {
    Opening opening = Opening::serve;
    Certified certified = Certified::properly;
    std::uint64_t after = all_of_it;       // bytes of the body that are read; 0: only the headers
    Continue invite = Continue::as_asked;  // as_asked: if asked, unless `after` is 0
    Do then = Do::go_on;
    bool stores = false;  // stores a valid object even if no response says so
    ScriptedResponse response = {};
    Rest rest = Rest::read;

    // Whether the step is about how a connection begins. It is then done once a connection has
    // begun; the next step is for the connection's first request.
    bool is_opening() const {
        return opening != Opening::serve || certified != Certified::properly;
    }
};

}  // namespace s3drop::test
