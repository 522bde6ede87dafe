// What S3's answer to a PUT means, and whether anything can be done about it.
// (Amazon S3 API Reference, "PutObject" and "Error responses".)
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/failure.h"
#include "http/http_client.h"
#include "rules/policy.h"

namespace s3drop {

// An object that S3 has confirmed.
struct Stored {
    std::string bucket;
    std::string key;
    std::uint64_t size = 0;
    std::string content_type;
    std::string etag;  // without its quotation marks
    std::string url;
    std::string s3_request_id;
};

enum class Remedy {
    none,
    again,         // the fault may pass
    set_clock,     // S3 finds our time wrong
    go_elsewhere,  // the bucket is at another host or in another region
    sign_whole,    // S3 knows no chunks
};

// A PUT that did not work out. The failure is the answer to the user if nothing helps.
struct Refusal {
    Failure failure;
    Remedy remedy = Remedy::none;
    bool answered = false;                // by S3, or by what is in its place
    bool may_be_stored = false;           // nobody can tell: S3 broke off before it said so
    bool resent = false;                  // HttpResponse::resent: that may be stored, too
    std::chrono::seconds retry_after{0};  // again: not before, as S3 asks; 0: it does not say
    std::optional<std::chrono::system_clock::time_point> s3_time = {};  // set_clock
    std::string host = {};  // go_elsewhere, "": the same
    std::string region = {};
    bool for_now = false;  // go_elsewhere: this once

    // Another PUT of the same name.
    bool is_under_way() const {
        return failure.s3 && failure.s3->code == "ConditionalRequestConflict";
    }
};

using PutResult = std::variant<Stored, Refusal>;

// No answer came.
Refusal no_answer(const Destination& to, const TransportError& error);

// The object that a response confirms. `size`: the payload's.
Stored confirmed(const HttpResponse& response, const Destination& to, std::uint64_t size);

// An answer came. `size`: the payload's.
PutResult meaning_of(const HttpResponse& response, const Destination& to, std::uint64_t size);

// "s3://bucket/key", for the log.
std::string object_url(const Destination& to);

// An ETag as it is shown, without its quotation marks.
std::string etag_of(const HttpResponse& response);

}  // namespace s3drop
