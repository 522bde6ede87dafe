#include "check/check.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "check/check_s3.h"
#include "settings/secret_files.h"

namespace s3drop {

namespace {

constexpr const char* where_settings_go =
    "Set it in ~/.config/s3drop/upload.conf of the user that the web server runs this program as "
    "(upload.conf.example lists all settings). SetEnv in an .htaccess works for a CGI program, but "
    "not for a FastCGI worker.";

// Reports names in the environment that look like settings but are not. A worker ignores them,
// because variables of other programs may begin with the same letters.
void check_environment(const CheckContext& context, CheckReport& report) {
    for (const std::string& name : context.environment_names) {
        if (!name.starts_with("UPLOAD_") || name == "UPLOAD_CONFIG" || is_setting(name)) continue;
        const std::string meant = nearest_setting(name);
        report.push_back({"environment", false, name + ": unknown setting",
                          meant.empty() ? "Remove it; upload.conf.example lists all settings."
                                        : "Did you mean " + meant + "?"});
    }
}

std::string advice_for(SettingProblem::Kind kind) {
    using Kind = SettingProblem::Kind;
    switch (kind) {
        case Kind::missing:
            return where_settings_go;
        case Kind::unknown_name:
            return "Correct the name; upload.conf.example lists all settings.";
        case Kind::unreadable:
            return "Make it readable for the user that the web server runs this program as (chown, "
                   "chmod 600).";
        case Kind::unavailable:
        case Kind::wrong:
            break;
    }
    return "Correct it as described.";
}

void report_problems(const SettingsError& error, CheckReport& report) {
    for (const SettingProblem& problem : error.problems)
        fail(report, "settings", problem.text, advice_for(problem.kind));
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ", ") + text;
    return all;
}

// The web server's environment may differ from this one, so the settings taken from here are named.
std::string from_environment(const CheckContext& context) {
    std::vector<std::string> names;
    for (const std::string& name : context.environment_names) {
        if (is_setting(name) && !context.environment(name).empty()) names.push_back(name);
    }
    return names.empty() ? "no setting is taken from it"
                         : "overrides the file for " + joined(names) +
                               " (the web server's environment may differ)";
}

std::string pages_allowed(const Origins& origins) {
    if (origins.any) return "pages of every site may upload, with their visitors' logins";
    std::string all = "pages that may upload: this site's";
    for (const Origin& origin : origins.listed)
        all += ", " + origin.scheme + "://" + origin.host +
               (origin.port.empty() ? "" : ":" + origin.port);
    return all;
}

void report_settings(const CheckContext& context, const Settings& settings, CheckReport& report) {
    pass(report, "settings file",
         settings.file.empty() ? "none (environment only)" : settings.file);
    pass(report, "environment", from_environment(context));
    pass(report, "credentials", "from " + settings.credentials_source);
    pass(report, "endpoint",
         url_of(settings.access.endpoint) + (settings.access.endpoint.scheme == "http" ? ""
                                             : settings.ca_bundle.empty()
                                                 ? ", checked against the system's certificates"
                                                 : ", checked against " + settings.ca_bundle));
    pass(report, "region", settings.access.region);
    pass(report, "buckets", joined(settings.buckets));
    pass(report, "origins", pages_allowed(settings.origins));
    pass(report, "limits",
         "largest upload " + std::to_string(settings.max_size) + " bytes, types " +
             (settings.types.empty() ? "any" : joined(settings.types)) + ", overwriting " +
             (settings.overwrite ? "on" : "off") + ", login " +
             (settings.require_user ? "required" : "not required") + ", spool folder " +
             settings.spool_dir);
}

void check_secret_files(const Settings& settings, CheckReport& report) {
    for (const SharedSecret& secret : shared_secrets(settings.secret_files)) {
        const std::string finding = secret.file + " contains a secret and ";
        const std::string command = "chmod 600 " + secret.file;
        if (secret.readers == Readers::everybody) {
            report.push_back({"secrets", false, finding + "every user can read it", command});
        } else {
            report.push_back(
                {"secrets", true, finding + "the group " + secret.group + " can read it",
                 "Fine if the web server reads it as that group; otherwise " + command});
        }
    }
}

// The steps after this one run inside the sandbox, as an upload does.
void check_sandbox(const Settings& settings, const CheckContext& context, CheckReport& report) {
    const Sandbox sandbox = context.sandbox(settings);
    const bool refused = settings.sandbox == SandboxUse::required && !sandbox.on();
    report.push_back({"sandbox", !refused, sandbox.text(),
                      refused
                          ? "With UPLOAD_SANDBOX=yes every upload is refused. The sandbox needs "
                            "Linux 5.13 or later, booted with landlock. With auto, it is used "
                            "if it is available."
                          : ""});
}

}  // namespace

CheckReport check(const CheckContext& context) {
    CheckReport report;
    check_environment(context, report);
    try {
        const Settings settings = load_settings(context.environment);
        report_settings(context, settings, report);
        check_secret_files(settings, report);
        const std::unique_ptr<HttpClient> client = context.client(settings);  // opens its trace
        check_sandbox(settings, context, report);
        check_s3(settings, context, *client, report);
    } catch (const SettingsError& error) {
        report_problems(error, report);
    } catch (const std::runtime_error& error) {
        report.push_back({"program", false, error.what(),
                          "Uploads do not work until this is fixed. If libcurl is missing, install "
                          "it (Debian: libcurl4), or name its folder in LD_LIBRARY_PATH."});
    }
    return report;
}

}  // namespace s3drop
