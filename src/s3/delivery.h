// Stores one object, and finds out whether it is stored if a response was lost.
//
// An attempt whose response was lost may have stored the object. Before a later refusal is
// reported, a HEAD request asks S3: if the object exists and is this one, it is stored. If S3 does
// not say, the failure is bad_gateway, after which the object may or may not be stored.
#pragma once

#include "base/payload.h"
#include "s3/access.h"
#include "s3/client.h"
#include "s3/object.h"
#include "s3/world.h"

namespace s3drop {

// `attempts`: filled in with the attempts of the PUT, also if this throws.
// Throws Failure: conflict if the object exists and must not be overwritten, bad_gateway if S3
// refuses it or the connection breaks, service_unavailable if S3 is busy, gateway_timeout if it
// does not respond in time. Also throws what the payload throws.
Stored deliver(const World& world, const Access& access, const Destination& destination,
               const Payload& payload, Attempts& attempts);

}  // namespace s3drop
