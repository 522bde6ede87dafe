// Finds the credentials, the region and the endpoint. The credentials come from the first of these
// that has them, in the same order as in every AWS tool (AWS SDKs and Tools Reference Guide,
// "Standardized credential providers"):
//   1. AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
//   2. the profile (AWS_PROFILE, or else "default") in AWS_SHARED_CREDENTIALS_FILE, or else
//      ~/.aws/credentials
//   3. the same profile in AWS_CONFIG_FILE, or else ~/.aws/config
// The region and the endpoint come from the settings, or else from the profile. Credentials that
// need a request first (single sign-on, roles, instance metadata) are not supported.
#pragma once

#include <optional>
#include <string>

#include "aws/credentials.h"
#include "base/lookup.h"

namespace s3drop {

struct AwsProfile {
    std::optional<Credentials> credentials;
    std::string source;        // where the credentials were found, for --check
    std::string file;          // that they were read from; "" if they are from variables
    std::string region;        // "" if not found
    std::string endpoint_url;  // "" if not found
};

// `home`: the folder that ~ means, "" if there is none.
// Throws std::runtime_error if a named profile or half of a key pair is missing, or if a file is
// broken.
AwsProfile load_aws_profile(const Lookup& setting, const std::string& home);

}  // namespace s3drop
