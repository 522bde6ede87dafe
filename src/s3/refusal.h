// What it means that a call to S3 did not succeed, and whether anything can be done about it.
// (Amazon S3 API Reference, "Error responses".)
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/failure.h"
#include "http/http_client.h"
#include "s3/signed_request.h"

namespace s3drop {

enum class Remedy {
    none,
    retry,         // the fault is transient
    set_clock,     // S3's clock and ours differ too much
    go_elsewhere,  // the bucket is at another host or in another region
    sign_whole,    // the store does not support signed chunks
};

// A call that did not succeed. The failure is what the user is told if no remedy helps.
struct Refusal {
    Failure failure;
    Remedy remedy = Remedy::none;
    int status = 0;                       // of the response; 0: none came
    bool may_have_worked = false;         // the line broke, or S3 failed, before it could say so
    bool resent = false;                  // HttpResponse::resent: an earlier copy may have worked
    std::chrono::seconds retry_after{0};  // retry: not before, as S3 asks; 0: it does not say
    std::optional<std::chrono::system_clock::time_point> s3_time = {};  // set_clock
    std::string host = {};  // go_elsewhere; "": the same
    std::string region = {};
    bool temporary = false;  // go_elsewhere: for this call only

    // S3 did, or a server in its place.
    bool responded() const { return status != 0; }

    // Another call for the same key is in progress, maybe an earlier attempt of our own.
    bool is_in_progress() const {
        return failure.s3 && failure.s3->code == "ConditionalRequestConflict";
    }
};

// No response came.
Refusal no_response(const Call& call, const Destination& destination, const TransportError& error);

// A response with another status than 2xx came.
Refusal refusal_of(const Call& call, const Destination& destination, const HttpResponse& response);

// A 2xx came that S3 does not give. `why`: for the log, what is wrong with it.
Refusal not_s3(const Call& call, const Destination& destination, const HttpResponse& response,
               const std::string& why);

}  // namespace s3drop
