#include "aws/profile.h"

#include <stdexcept>

#include "base/ini_file.h"
#include "base/text.h"

namespace s3drop {

namespace {

using Section = std::map<std::string, std::string>;

std::string value(const Section& section, const std::string& name) {
    const auto found = section.find(name);
    return found == section.end() ? std::string() : found->second;
}

// The credentials if the key pair is complete, nullopt if both halves are missing. `where`: the
// beginning of the error texts.
std::optional<Credentials> complete(Credentials credentials, const std::string& where,
                                    const std::string& id, const std::string& secret) {
    if (credentials.access_key_id.empty() && credentials.secret_access_key.empty()) {
        return std::nullopt;
    }
    if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) {
        throw std::runtime_error(where + id + " and " + secret + " must be set together");
    }
    for (const std::string& part :
         {credentials.access_key_id, credentials.secret_access_key, credentials.session_token}) {
        if (has_control_characters(part)) {
            throw std::runtime_error(
                where + "an AWS key or token contains a control character, such as a line break");
        }
    }
    return credentials;
}

std::string path_of(const Lookup& setting, const char* name, const std::string& home,
                    const char* below_home) {
    std::string named = setting(name);
    if (!named.empty() || home.empty()) return named;
    return home + below_home;
}

// The profile's section of one file. Returns nullopt if the file or the section does not exist.
std::optional<Section> section_of(const std::string& path, const std::string& name) {
    if (path.empty()) return std::nullopt;
    const std::optional<Ini> ini = read_ini(path);
    if (!ini) return std::nullopt;
    const auto found = ini->find(name);
    if (found == ini->end()) return std::nullopt;
    return found->second;
}

void take(AwsProfile& profile, const Section& section, const std::string& source) {
    if (!profile.credentials) {
        profile.credentials =
            complete({.access_key_id = value(section, "aws_access_key_id"),
                      .secret_access_key = value(section, "aws_secret_access_key"),
                      .session_token = value(section, "aws_session_token")},
                     source + ": ", "aws_access_key_id", "aws_secret_access_key");
        if (profile.credentials) profile.source = profile.file = source;
    }
    if (profile.region.empty()) profile.region = value(section, "region");
    if (profile.endpoint_url.empty()) profile.endpoint_url = value(section, "endpoint_url");
}

}  // namespace

AwsProfile load_aws_profile(const Lookup& setting, const std::string& home) {
    AwsProfile profile;
    profile.credentials = complete({.access_key_id = setting("AWS_ACCESS_KEY_ID"),
                                    .secret_access_key = setting("AWS_SECRET_ACCESS_KEY"),
                                    .session_token = setting("AWS_SESSION_TOKEN")},
                                   "", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    if (profile.credentials) profile.source = "AWS_ACCESS_KEY_ID";

    const std::string named = setting("AWS_PROFILE");
    const std::string name = named.empty() ? "default" : named;
    const std::string shared =
        path_of(setting, "AWS_SHARED_CREDENTIALS_FILE", home, "/.aws/credentials");
    const std::string config = path_of(setting, "AWS_CONFIG_FILE", home, "/.aws/config");
    const auto in_shared = section_of(shared, name);
    auto in_config = section_of(config, "profile " + name);
    if (!in_config && name == "default") in_config = section_of(config, name);
    if (in_shared) take(profile, *in_shared, shared);
    if (in_config) take(profile, *in_config, config);
    if (!named.empty() && !in_shared && !in_config) {
        throw std::runtime_error("AWS_PROFILE=" + named + ": no such profile in " + shared +
                                 " or " + config);
    }

    for (const char* variable : {"AWS_DEFAULT_REGION", "AWS_REGION"}) {
        if (!setting(variable).empty()) profile.region = setting(variable);
    }
    for (const char* variable : {"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"}) {
        if (!setting(variable).empty()) profile.endpoint_url = setting(variable);
    }
    return profile;
}

}  // namespace s3drop
