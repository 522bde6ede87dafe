// Why a call to S3 did not succeed, and what can be done about it.
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
    retry,            // the fault is transient
    set_clock,        // S3's clock and ours differ too much
    follow_redirect,  // the bucket is at another host or in another region
    sign_whole,       // the store does not support signed chunks
};

// A call that did not succeed. The failure is what the user is told if no remedy helps.
struct Refusal {
    Failure failure;
    Remedy remedy = Remedy::none;
    int status = 0;                // of the response; 0: there was none
    bool may_have_worked = false;  // S3 may have done what the call asks for
    bool resent = false;           // as HttpResponse::resent: an earlier copy may have worked
    std::chrono::seconds retry_after{0};  // for retry: the shortest wait that S3 asks for; 0: none
    std::optional<std::chrono::system_clock::time_point> s3_time = {};  // for set_clock
    std::string host = {};    // for follow_redirect; "": the same
    std::string region = {};  // for follow_redirect; "": the same
    bool temporary = false;   // for follow_redirect: only this call

    // Whether there was a response, from S3 or from another server at its address.
    bool responded() const { return status != 0; }

    // Whether another call for the same key is in progress. It may be an earlier attempt of this
    // one.
    bool is_in_progress() const {
        return failure.s3 && failure.s3->code == "ConditionalRequestConflict";
    }
};

// The call had no response.
Refusal no_response(const Call& call, const Destination& destination, const TransportError& error);

// The response has a status other than 2xx.
Refusal refusal_of(const Call& call, const Destination& destination, const HttpResponse& response);

// The response is a 2xx, but not one that S3 sends. `why`: what is wrong with it, for the log.
Refusal not_s3(const Call& call, const Destination& destination, const HttpResponse& response,
               const std::string& why);

}  // namespace s3drop
