// An AWS access key.
#pragma once

#include <string>

namespace s3drop {

struct Credentials {
    std::string access_key_id;
    std::string secret_access_key;
    std::string session_token;  // "" for long-term credentials
};

}  // namespace s3drop
