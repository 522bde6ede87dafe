// One object, delivered: put, and if a response was lost on the way, found out whether it is there.
//
// An attempt whose response was lost may have stored the object. Before a later refusal is
// reported, S3 is asked by HEAD: if the object is there and is this one, it is stored; if S3 does
// not say, the failure is bad_gateway, which promises nothing.
#pragma once

#include "base/payload.h"
#include "s3/access.h"
#include "s3/client.h"
#include "s3/object.h"
#include "s3/world.h"

namespace s3drop {

// `attempts`: those of the PUT.
// Throws Failure: conflict if the object exists and may not be overwritten, bad_gateway if S3
// refuses or breaks off, service_unavailable if it asks to slow down, gateway_timeout if it does
// not respond in time; and what the payload throws.
Stored deliver(const World& world, const Access& access, const Destination& destination,
               const Payload& payload, Attempts& attempts);

}  // namespace s3drop
