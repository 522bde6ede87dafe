// One connection to a ScriptedStore: its beginning, then a StoreExchange for each request.
#pragma once

#include "scripted_store/store_state.h"
#include "scripted_store/tls_identity.h"
#include "scripted_store/wire.h"

namespace s3drop::test {

// The identities that the store can present.
struct StoreIdentities {
    TlsIdentity proper;
    TlsIdentity stranger;
    TlsIdentity other_name;
    TlsIdentity expired;

    StoreIdentities();

    SSL_CTX* context(Certified certified) const;

    // The certificates that a client has to trust: all but the stranger's. So each identity fails
    // for only one reason.
    std::string authorities() const;
};

// Serves the connection until it ends. `identities`: null without TLS.
void serve_connection(Wire& wire, StoreState& state, int number, const StoreIdentities* identities);

}  // namespace s3drop::test
