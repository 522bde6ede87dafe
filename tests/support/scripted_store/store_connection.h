// One connection to a ScriptedStore: how it begins, then a StoreExchange for each request.
#pragma once

#include "scripted_store/store_state.h"
#include "scripted_store/tls_identity.h"
#include "scripted_store/wire.h"

namespace s3drop::test {

// Whom the store can say to be.
struct StoreIdentities {
    TlsIdentity proper;
    TlsIdentity stranger;
    TlsIdentity other_name;
    TlsIdentity expired;

    StoreIdentities();

    SSL_CTX* context(Certified certified) const;

    // What a client is to trust: with all but the stranger, each fails for its own reason alone.
    std::string authorities() const;
};

// Serves the connection to its end. `identities`: null without TLS.
void serve_connection(Wire& wire, StoreState& state, int number, const StoreIdentities* identities);

}  // namespace s3drop::test
