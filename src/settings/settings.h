// The operator's settings: read once, checked wholly, then never changed.
//
// A setting is taken from the environment, else from the file that UPLOAD_CONFIG names, else from
// ~/.config/s3drop/upload.conf, else from /etc/s3drop/upload.conf; the first file that is there is
// the one that counts. Names that begin with AWS_ mean what they mean to every AWS tool.
#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "aws/profile.h"
#include "http/http_client.h"
#include "rules/origin.h"
#include "s3/endpoint.h"
#include "settings/key_template.h"
#include "settings/setting_values.h"

namespace s3drop {

struct Settings {
    std::vector<std::string> buckets;  // never empty; the first is the default
    std::vector<HostAndPort> hosts;    // the hosts that a form may name; globs
    std::vector<std::string> types;    // allowed content types, globs in lower case; empty: any
    Origins origins;                   // other sites whose pages may upload here
    Endpoint endpoint;
    Addressing addressing = Addressing::automatic;
    std::string region;
    Credentials credentials;
    std::string ca_bundle;  // "": the system's
    KeyTemplate key{"{name}"};
    bool overwrite = false;
    bool require_user = false;
    std::uint64_t max_size = 0;  // bytes of the request body
    Headers s3_headers;          // sent and signed with every PUT
    PayloadSigning payload = PayloadSigning::automatic;
    int attempts = 3;                  // per PUT, the first one counted
    std::chrono::seconds timeout{60};  // without progress to or from S3
    std::string spool_dir;
    SandboxUse sandbox = SandboxUse::automatic;
    std::string trace;               // a file for a hex dump of the traffic with S3; "": none
    std::string file;                // the settings file that was read, "" where none
    std::string credentials_source;  // for people
    std::vector<std::string> secret_files;  // the files that secrets were read from
};

// Every problem of the settings at once. what() has a line for each: the name, the value but never
// a secret's, and what would be right.
class SettingsError : public std::runtime_error {
  public:
    SettingsError(const std::string& text, bool any_wrong)
        : std::runtime_error(text), wrong(any_wrong) {}

    bool wrong;  // false: nothing is wrong, something required is just not set
};

// `environment`: a variable's value, "" where it is not set. Throws SettingsError.
Settings load_settings(const Lookup& environment);

// Whether this version has a setting of that name.
bool is_setting(const std::string& name);

// The setting whose name is meant where `name` is mistyped, "" where none comes close.
std::string nearest_setting(const std::string& name);

}  // namespace s3drop
