// Where the keys, the region and the endpoint come from, in the order that every AWS tool keeps
// (AWS SDKs and Tools Reference Guide, "Standardized credential providers"):
//   1. AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
//   2. the profile (AWS_PROFILE, else "default") in AWS_SHARED_CREDENTIALS_FILE, ~/.aws/credentials
//   3. the same profile in AWS_CONFIG_FILE, ~/.aws/config
// Region and endpoint are taken from the profile where the environment names none.
// What needs a request of its own (single sign-on, roles, instance metadata) is not supported.
#pragma once

#include <optional>
#include <string>

#include "aws/credentials.h"
#include "base/lookup.h"

namespace s3drop {

struct AwsProfile {
    std::optional<Credentials> credentials;
    std::string source;  // where the credentials were found, for people
    std::string region;
    std::string endpoint_url;
};

// `home`: the folder that ~ stands for, "" where there is none.
// Throws std::runtime_error where a named profile or half of a key pair is missing, or a file is
// broken.
AwsProfile load_aws_profile(const Lookup& setting, const std::string& home);

}  // namespace s3drop
