// One object to store, and where.
#pragma once

#include <string>

#include "s3/endpoint.h"

namespace s3drop {

struct Destination {
    std::string bucket;
    std::string key;
    std::string content_type;
    std::string region;  // for which its requests are signed
    ObjectAddress address;
    bool may_overwrite = false;  // replace an object that already has this key
};

// "s3://bucket/key", for the log.
inline std::string object_url(const Destination& destination) {
    return "s3://" + destination.bucket + "/" + destination.key;
}

}  // namespace s3drop
