#include "scripted_store/sending.h"

#include <ostream>

namespace s3drop::test {

std::ostream& operator<<(std::ostream& out, Sending sending) {
    switch (sending) {
        case Sending::signed_whole:
            return out << "signed";
        case Sending::unsigned_over_tls:
            return out << "unsigned over TLS";
        case Sending::chunked:
            return out << "chunked";
    }
    return out;
}

std::vector<std::string> settings_of(Sending sending, const StoreAccess& store) {
    switch (sending) {
        case Sending::signed_whole:
            return {};
        case Sending::unsigned_over_tls:
            return {"AWS_ENDPOINT_URL_S3=" + store.endpoint_tls,
                    "AWS_CA_BUNDLE=" + store.ca_bundle};
        case Sending::chunked:
            return {"UPLOAD_PAYLOAD=chunked"};
    }
    return {};
}

}  // namespace s3drop::test
