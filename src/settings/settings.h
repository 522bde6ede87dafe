// The operator's settings: read once, checked wholly, then never changed.
//
// A setting is taken from the environment, else from the file that UPLOAD_CONFIG names, else from
// ~/.config/s3drop/upload.conf, else from /etc/s3drop/upload.conf; the first file that is there is
// the one that counts. Names that begin with AWS_ mean what they mean to every AWS tool.
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
    Access access;                     // to S3; its hosts are those that a form may name
    std::string ca_bundle;             // "": the system's
    KeyTemplate key{"{name}"};
    bool overwrite = false;
    bool require_user = false;
    std::uint64_t max_size = 0;  // bytes of the request body
    std::string spool_dir;
    SandboxUse sandbox = SandboxUse::automatic;
    std::string trace;               // a file for a hex dump of the traffic with S3; "": none
    std::string file;                // the settings file that was read, "" where none
    std::string credentials_source;  // for people
    std::vector<std::string> secret_files;  // the files that secrets were read from
};

struct SettingProblem {
    enum class Kind {
        missing,       // a required setting is not set
        unavailable,   // the machine lacks what a setting requires
        unknown_name,  // there is no such setting
        unreadable,    // a file cannot be read
        wrong,         // any other fault of a value or a file
    };
    Kind kind;
    std::string text;  // one line: the name, the value unless it may be secret, what would be right
};

// All problems of the settings at once. what() has a line for each.
class SettingsError : public std::runtime_error {
  public:
    explicit SettingsError(std::vector<SettingProblem> all);

    // Whether the operator has to correct something, not just to add it: a worker does not start.
    bool wrong() const;

    std::vector<SettingProblem> problems;  // at least one
};

// `environment`: a variable's value, "" where it is not set. Throws SettingsError.
Settings load_settings(const Lookup& environment);

// Whether this version has a setting of that name.
bool is_setting(const std::string& name);

// The setting whose name is meant where `name` is mistyped, "" where none comes close.
std::string nearest_setting(const std::string& name);

}  // namespace s3drop
