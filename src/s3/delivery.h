// One object, delivered: PUT until S3 has it, or until there is no sense in going on.
//
// What may pass is tried again, up to UPLOAD_RETRIES PUTs in all, after a wait that doubles and is
// drawn at random ("full jitter": AWS Architecture Blog, "Exponential Backoff And Jitter"), and not
// before the time that S3 asks for; the waits together are no longer than UPLOAD_TIMEOUT. What S3
// says to do differently is done differently, once each: another place, our clock, no chunks.
//
// A try whose answer was lost may have been stored. Before a later refusal is given as the answer,
// S3 is asked by HEAD: if the object is there and is this one, it is stored; if S3 does not say,
// the answer is bad_gateway, which promises nothing.
#pragma once

#include "base/payload.h"
#include "rules/policy.h"
#include "s3/s3_answer.h"
#include "s3/world.h"
#include "settings/settings.h"

namespace s3drop {

// Whether a payload whose hash is not known yet can be sent: unsigned, or chunk by chunk.
bool takes_unhashed(const Settings& settings, const Learned& learned, const Destination& to);

// `attempts`: grows by one with each PUT that is begun.
// The payload is read from its start for each; before a second try it is waited for to its end, so
// that one slow sender is not held against S3 twice.
// Throws Failure: conflict where the object exists and overwriting is off, bad_gateway where S3
// refuses or breaks off, service_unavailable where it asks to slow down, gateway_timeout where it
// does not answer in time; and what the payload throws.
Stored deliver(const World& world, const Settings& settings, const Destination& to,
               const Payload& payload, int& attempts);

}  // namespace s3drop
