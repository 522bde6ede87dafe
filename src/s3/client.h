// Calls to S3: each is signed, sent, and retried until S3 has responded to it or nothing more can
// be done.
//
// Transient failures are retried, up to Access::attempts in all, after a wait that doubles and is
// drawn at random ("full jitter": AWS Architecture Blog, "Exponential Backoff And Jitter"), and not
// before the time that S3 asks for. All waits of one client together take no longer than
// Access::timeout. Where S3 says what to do differently, that is done once each: another host or
// region, our clock, no chunks; World::learned keeps it for the next client.
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

// Whether a payload whose hash is not known yet can be sent: unsigned, or chunk by chunk.
bool takes_unhashed(const Access& access, const Learned& learned, const Destination& destination);

// One attempt, signed for `now`: S3's 2xx response, or why there is none. `signing`: not automatic.
// Throws only what the payload throws.
std::variant<HttpResponse, Refusal> send_once(HttpClient& http, const Access& access,
                                              const Destination& destination, const Call& call,
                                              std::chrono::system_clock::time_point now,
                                              PayloadSigning signing = PayloadSigning::whole);

// What the attempts of one call have been through, also when it ends in an exception.
struct Attempts {
    int count = 0;                 // requests that were begun
    bool may_have_worked = false;  // one before the last; a later refusal can be due to that
    bool lost_response = false;    // of such an attempt
};

class Client {
  public:
    // For one destination. All three outlive the Client.
    Client(const World& world, const Access& access, const Destination& destination);

    // Returns S3's 2xx response to the call, or what came of the last attempt. The payload is read
    // from its start for each; before a second attempt it is read to its end, so that a slow sender
    // does not cost S3 its time again. Throws only what the payload throws.
    std::variant<HttpResponse, Refusal> send(Call call, Attempts& attempts);

    // Has the next client ask the original place again: what S3 redirected to may have been right
    // for a while only. send() does so itself where it returns a refusal.
    void forget_redirect();

    // Where the calls go now: the destination, or what S3 has redirected it to.
    const Destination& destination() const { return current_; }

  private:
    PayloadSigning signing(Call& call) const;
    std::chrono::system_clock::time_point now() const;
    bool remedied(const Refusal& refusal, Call& call, const Attempts& attempts);
    bool set_clock(const Refusal& refusal);
    bool go_elsewhere(const Refusal& refusal);
    bool sign_whole(const Call& call);
    bool wait_for_retry(const Refusal& refusal, const Call& call, const Attempts& attempts);
    std::chrono::milliseconds jittered(const Attempts& attempts) const;

    const World& world_;
    const Access& access_;
    const Destination& original_;
    Destination current_;
    bool clock_set_ = false;
    bool went_elsewhere_ = false;
    std::chrono::milliseconds waited_{0};
};

}  // namespace s3drop
