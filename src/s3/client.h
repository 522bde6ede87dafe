// Calls to S3. Each one is signed, sent, and retried until it succeeds or nothing more can be done.
//
// Transient faults are retried, as long as fewer than Access::attempts attempts have been made;
// timeouts are not. So is a conflict with another call for the same key, if that may be an earlier
// attempt of this call. The wait before a retry is random, and its upper limit doubles each time
// ("full jitter": AWS Architecture Blog, "Exponential Backoff And Jitter"); it is never shorter
// than S3 asks for. All waits of one client add up to Access::timeout at most.
//
// If S3 reports another host or region, a clock skew, or that it does not support chunks, the
// client corrects each of these once, in one more attempt, and World::learned keeps the correction
// for later clients.
#pragma once

#include <chrono>
#include <variant>

#include "http/http_client.h"
#include "s3/access.h"
#include "s3/destination.h"
#include "s3/refusal.h"
#include "s3/signed_request.h"
#include "s3/world.h"

namespace s3drop {

// Whether a payload can be sent before its hash is known: unsigned, or signed chunk by chunk.
bool can_send_unhashed(const Access& access, const Learned& learned,
                       const Destination& destination);

// Makes one attempt, signed for `now`. Returns S3's 2xx response, or why there is none. `signing`
// must not be automatic. Throws what the payload throws, and a std::exception that is not a Failure
// if libcurl cannot be used or the request cannot be signed.
std::variant<HttpResponse, Refusal> send_once(HttpClient& http, const Access& access,
                                              const Destination& destination, const Call& call,
                                              std::chrono::system_clock::time_point now,
                                              PayloadSigning signing = PayloadSigning::whole);

// What happened in the attempts of one call. Also valid if the call throws.
struct Attempts {
    int count = 0;                 // attempts that were started
    bool may_have_worked = false;  // an attempt before the last; that may explain a later refusal
    bool lost_response = false;    // no response came to an attempt that may have worked
};

class Client {
  public:
    // For one destination. All three arguments must outlive the Client.
    Client(const World& world, const Access& access, const Destination& destination);

    // Returns S3's 2xx response to the call, or the refusal of the last attempt. Each attempt reads
    // the payload from its start. Before a retry the payload is read to its end, so that S3 does
    // not have to wait for a slow sender again. Throws as send_once() does.
    std::variant<HttpResponse, Refusal> send(Call call, Attempts& attempts);

    // Makes the next client use the original destination again: the redirect may have been valid
    // for a while only. send() does this itself if it returns a refusal other than a conflict.
    void forget_redirect();

    // Where the calls go now: the original destination, or the one that S3 redirected to.
    const Destination& destination() const { return current_; }

  private:
    PayloadSigning signing(Call& call) const;
    std::chrono::system_clock::time_point now() const;
    bool remedied(const Refusal& refusal, Call& call, const Attempts& attempts);
    bool set_clock(const Refusal& refusal);
    bool follow_redirect(const Refusal& refusal);
    bool sign_whole(const Call& call);
    bool wait_for_retry(const Refusal& refusal, const Call& call, const Attempts& attempts);
    std::chrono::milliseconds jittered(const Attempts& attempts) const;

    const World& world_;
    const Access& access_;
    const Destination& original_;
    Destination current_;
    bool clock_set_ = false;
    bool followed_redirect_ = false;
    std::chrono::milliseconds waited_{0};
};

}  // namespace s3drop
