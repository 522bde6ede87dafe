// The operator's settings: read once, checked completely, and never changed afterwards.
//
// Each setting comes from the environment; if it is not there, from the settings file. The settings
// file is the one that UPLOAD_CONFIG names, or else ~/.config/s3drop/upload.conf, or else
// /etc/s3drop/upload.conf: only the first of these that exists is read. Names that begin with AWS_
// have the same meaning as in every AWS tool.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/lookup.h"
#include "process/sandbox_use.h"
#include "s3/access.h"
#include "settings/key_template.h"
#include "settings/origin.h"

namespace s3drop {

struct Settings {
    std::vector<std::string> buckets;  // never empty; the first is the default
    std::vector<std::string> types;    // allowed content types, globs in lower case; empty: any
    Origins origins;                   // other sites whose pages may upload here
    Access access;                     // to S3; Access::hosts are the hosts that a form may name
    std::string ca_bundle;             // "": the system's certificates
    KeyTemplate key{"{name}"};
    bool overwrite = false;
    bool require_user = false;
    std::uint64_t max_size = 0;  // bytes of the request body
    std::string spool_dir;
    SandboxUse sandbox = SandboxUse::automatic;
    std::string trace;               // a file for a hex dump of the traffic with S3; "": none
    std::string file;                // the settings file that was read, "" if none
    std::string credentials_source;  // for --check
    std::vector<std::string> secret_files;  // the files that secrets were read from
};

struct SettingProblem {
    enum class Kind {
        missing,       // a required setting is not set
        unavailable,   // the machine lacks what a setting requires
        unknown_name,  // this version has no such setting
        unreadable,    // a file cannot be read
        wrong,         // any other fault in a value or a file
    };
    Kind kind;
    std::string text;  // one line: the name, the value unless it may be secret, what would be valid
};

// All problems with the settings. what() has one line for each.
class SettingsError : public std::runtime_error {
  public:
    explicit SettingsError(std::vector<SettingProblem> all);

    // Whether something is wrong and not only missing. If so, a worker does not start.
    bool wrong() const;

    std::vector<SettingProblem> problems;  // at least one
};

// `environment`: returns the value of a variable, "" if it is not set. Throws SettingsError.
Settings load_settings(const Lookup& environment);

// Whether this version has a setting with this name.
bool is_setting(const std::string& name);

// The setting that a mistyped `name` probably means, "" if none is similar.
std::string nearest_setting(const std::string& name);

}  // namespace s3drop
