// Loads settings from the given variables only; the machine's own files and variables are ignored.
#pragma once

#include <map>
#include <string>

#include "settings/settings.h"
#include "system/temporary_folder.h"

namespace s3drop::test {

using Variables = std::map<std::string, std::string>;

class SettingsSource {
  public:
    // `file`: the content of the file that UPLOAD_CONFIG names.
    explicit SettingsSource(const std::string& file = "") {
        set["UPLOAD_CONFIG"] = folder.file("named.conf", file);
        set["HOME"] = folder.folder("home");
        set["UPLOAD_BUCKETS"] = "demo";
        set["AWS_ACCESS_KEY_ID"] = "AKID";
        set["AWS_SECRET_ACCESS_KEY"] = "hunter2";
    }

    Settings load() const {
        return load_settings([this](const std::string& name) {
            const auto found = set.find(name);
            return found == set.end() ? std::string() : found->second;
        });
    }

    Settings load(const Variables& more) {
        for (const auto& [name, value] : more)
            set[name] = value;
        return load();
    }

    // The problems with these variables and those set before; "" if there are none.
    std::string problems(const Variables& more = {}) {
        try {
            load(more);
        } catch (const SettingsError& error) {
            wrong = error.wrong();
            return error.what();
        }
        return {};
    }

    TemporaryFolder folder;
    Variables set;
    bool wrong = false;  // SettingsError::wrong() of the last problems()
};

}  // namespace s3drop::test
