#include "check/check.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "check/check_s3.h"
#include "settings/secret_files.h"

namespace s3drop {

namespace {

constexpr const char* where_settings_go =
    "Write it to ~/.config/s3drop/upload.conf of the user that the web server runs this program as "
    "(upload.conf.example has every setting). SetEnv in an .htaccess reaches a CGI program, but "
    "not "
    "the start of a FastCGI worker.";

// Names in the environment that look like settings and are none: a worker ignores them, since other
// programs may have names that begin alike.
void check_environment(const CheckContext& context, CheckReport& report) {
    for (const std::string& name : context.environment_names) {
        if (!name.starts_with("UPLOAD_") || name == "UPLOAD_CONFIG" || is_setting(name)) continue;
        const std::string meant = nearest_setting(name);
        report.push_back({"environment", false, name + " is no setting",
                          meant.empty() ? "Remove it, or see upload.conf.example for the names."
                                        : "Is " + meant + " meant?"});
    }
}

std::string advice_for(SettingProblem::Kind kind) {
    using Kind = SettingProblem::Kind;
    switch (kind) {
        case Kind::missing:
            return where_settings_go;
        case Kind::unknown_name:
            return "Correct the name; upload.conf.example has them all.";
        case Kind::unreadable:
            return "Let the user that the web server runs this program as read it (chown, chmod "
                   "600).";
        case Kind::unavailable:
        case Kind::wrong:
            break;
    }
    return "Correct it as the line says.";
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

// The web server's environment need not be this one: what was taken from it is said by name.
std::string from_environment(const CheckContext& context) {
    std::vector<std::string> names;
    for (const std::string& name : context.environment_names) {
        if (is_setting(name) && !context.environment(name).empty()) names.push_back(name);
    }
    return names.empty()
               ? "nothing is taken from it"
               : "wins over the file and may differ from the web server's: " + joined(names);
}

std::string pages_allowed(const Origins& origins) {
    if (origins.any) return "pages of every site may upload in their visitors' names";
    std::string all = "pages of this site may upload";
    for (const Origin& origin : origins.listed)
        all += ", of " + origin.scheme + "://" + origin.host +
               (origin.port.empty() ? "" : ":" + origin.port);
    return all;
}

void report_settings(const CheckContext& context, const Settings& settings, CheckReport& report) {
    pass(report, "settings file", settings.file.empty() ? "none, environment only" : settings.file);
    pass(report, "environment", from_environment(context));
    pass(report, "credentials", "from " + settings.credentials_source);
    pass(report, "endpoint",
         url_of(settings.access.endpoint) + (settings.access.endpoint.scheme == "http" ? ""
                                             : settings.ca_bundle.empty()
                                                 ? ", trusting the system's certificates"
                                                 : ", trusting " + settings.ca_bundle));
    pass(report, "region", settings.access.region);
    pass(report, "buckets", joined(settings.buckets));
    pass(report, "origins", pages_allowed(settings.origins));
    pass(report, "limits",
         "largest upload " + std::to_string(settings.max_size) + " bytes, types " +
             (settings.types.empty() ? "any" : joined(settings.types)) + ", overwriting " +
             (settings.overwrite ? "on" : "off") + ", sign-in " +
             (settings.require_user ? "required" : "not required") + ", spooled in " +
             settings.spool_dir);
}

void check_secret_files(const Settings& settings, CheckReport& report) {
    for (const SharedSecret& secret : shared_secrets(settings.secret_files)) {
        const std::string finding = secret.file + " holds a secret and ";
        const std::string remedy = "chmod 600 " + secret.file;
        if (secret.readers == Readers::everybody) {
            report.push_back({"secrets", false, finding + "everybody may read it", remedy});
        } else {
            report.push_back({"secrets", true,
                              finding + "the group " + secret.group + " may read it",
                              "Right where the web server reads it as that group; else " + remedy});
        }
    }
}

// What is tried after this is tried as an upload would.
void check_sandbox(const Settings& settings, const CheckContext& context, CheckReport& report) {
    const Sandbox sandbox = context.sandbox(settings);
    const bool refused = settings.sandbox == SandboxUse::required && !sandbox.on();
    report.push_back({"sandbox", !refused, sandbox.text(),
                      refused ? "UPLOAD_SANDBOX=yes refuses every upload then. It takes Linux 5.13 "
                                "or later, started with landlock; with auto it is used where it is."
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
                          "No upload works like that. For libcurl: install it (Debian: libcurl4), "
                          "or name the folder that it is in with LD_LIBRARY_PATH."});
    }
    return report;
}

}  // namespace s3drop
