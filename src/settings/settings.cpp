#include "settings/settings.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <functional>

#include "aws/profile.h"
#include "base/ini_file.h"
#include "settings/setting_names.h"
#include "settings/setting_values.h"

namespace s3drop {

namespace {

constexpr std::array aws_names = {"AWS_ACCESS_KEY_ID",
                                  "AWS_SECRET_ACCESS_KEY",
                                  "AWS_SESSION_TOKEN",
                                  "AWS_PROFILE",
                                  "AWS_SHARED_CREDENTIALS_FILE",
                                  "AWS_CONFIG_FILE",
                                  "AWS_REGION",
                                  "AWS_DEFAULT_REGION",
                                  "AWS_ENDPOINT_URL_S3",
                                  "AWS_ENDPOINT_URL",
                                  "AWS_CA_BUNDLE"};

struct Parser {
    const char* name;
    std::function<void(Settings&, const std::string&)> parse;
};

const std::vector<Parser>& parsers() {
    static const std::vector<Parser> all = {
        {"UPLOAD_BUCKETS", [](Settings& s, const std::string& v) { s.buckets = parse_buckets(v); }},
        {"UPLOAD_HOSTS",
         [](Settings& s, const std::string& v) { s.access.hosts = parse_hosts(v); }},
        {"UPLOAD_ADDRESSING",
         [](Settings& s, const std::string& v) { s.access.addressing = parse_addressing(v); }},
        {"UPLOAD_KEY", [](Settings& s, const std::string& v) { s.key = KeyTemplate(v); }},
        {"UPLOAD_OVERWRITE",
         [](Settings& s, const std::string& v) { s.overwrite = parse_yes_or_no(v); }},
        {"UPLOAD_MAX_SIZE", [](Settings& s, const std::string& v) { s.max_size = parse_size(v); }},
        {"UPLOAD_TYPES", [](Settings& s, const std::string& v) { s.types = parse_types(v); }},
        {"UPLOAD_ORIGINS", [](Settings& s, const std::string& v) { s.origins = parse_origins(v); }},
        {"UPLOAD_REQUIRE_USER",
         [](Settings& s, const std::string& v) { s.require_user = parse_yes_or_no(v); }},
        {"UPLOAD_S3_HEADERS",
         [](Settings& s, const std::string& v) { s.access.headers = parse_headers(v); }},
        {"UPLOAD_PAYLOAD",
         [](Settings& s, const std::string& v) { s.access.payload = parse_payload(v); }},
        {"UPLOAD_RETRIES",
         [](Settings& s, const std::string& v) { s.access.attempts = parse_attempts(v); }},
        {"UPLOAD_TIMEOUT",
         [](Settings& s, const std::string& v) { s.access.timeout = parse_seconds(v); }},
        {"UPLOAD_SPOOL_DIR",
         [](Settings& s, const std::string& v) { s.spool_dir = check_folder(v); }},
        {"UPLOAD_SANDBOX", [](Settings& s, const std::string& v) { s.sandbox = parse_sandbox(v); }},
        {"UPLOAD_TRACE",
         [](Settings& s, const std::string& v) { s.trace = check_writable_file(v); }},
        {"AWS_CA_BUNDLE", [](Settings& s, const std::string& v) { s.ca_bundle = check_file(v); }},
    };
    return all;
}

std::string home_folder(const Lookup& environment) {
    std::string home = environment("HOME");
    if (!home.empty()) return home;
    // CGI programs often have no HOME.
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    getpwuid_r(getuid(), &entry, buffer.data(), buffer.size(), &found);
    return found == nullptr ? std::string() : found->pw_dir;
}

struct SettingsFile {
    std::string path;
    std::map<std::string, std::string> values;
};

SettingsFile read_settings_file(const Lookup& environment, const std::string& home) {
    const std::string named = environment("UPLOAD_CONFIG");
    std::vector<std::string> candidates = {named};
    if (named.empty()) {
        candidates = {"/etc/s3drop/upload.conf"};
        if (!home.empty())
            candidates.insert(candidates.begin(), home + "/.config/s3drop/upload.conf");
    }
    for (const std::string& path : candidates) {
        const std::optional<Ini> ini = read_ini(path);
        if (!ini) continue;
        if (ini->size() > ini->count(""))
            throw std::runtime_error(path + ": [sections] are not allowed");
        return {path, ini->count("") == 0 ? std::map<std::string, std::string>() : ini->at("")};
    }
    if (!named.empty()) throw std::runtime_error("UPLOAD_CONFIG=" + named + ": no such file");
    return {};
}

std::vector<std::string> setting_names() {
    std::vector<std::string> names(aws_names.begin(), aws_names.end());
    for (const Parser& parser : parsers())
        names.emplace_back(parser.name);
    return names;
}

// Collects problems, so that all of them are reported at once.
class Problems {
  public:
    using Kind = SettingProblem::Kind;

    void add(Kind kind, const std::string& text) { all_.push_back({kind, text}); }

    template <class Step>
    void gather(const std::string& what, Step step) {
        try {
            step();
        } catch (const UnreadableFile& error) {
            add(Kind::unreadable, what + error.what());
        } catch (const std::runtime_error& error) {
            add(Kind::wrong, what + error.what());
        }
    }

    void throw_if_any() const {
        if (!all_.empty()) throw SettingsError(all_);
    }

  private:
    std::vector<SettingProblem> all_;
};

void check_names(const SettingsFile& file, Problems& problems) {
    for (const auto& [name, value] : file.values) {
        if (is_setting(name)) continue;
        problems.add(Problems::Kind::unknown_name,
                     file.path + ": " + unknown_setting(name, setting_names()));
    }
}

void parse_own(Settings& settings, const Lookup& setting, Problems& problems) {
    settings.max_size = parse_size("5G");
    settings.spool_dir = setting("TMPDIR").empty() ? "/tmp" : setting("TMPDIR");
    for (const Parser& parser : parsers()) {
        const std::string value = setting(parser.name);
        if (value.empty()) continue;
        problems.gather(redacted(parser.name, value) + ": ",
                        [&] { parser.parse(settings, value); });
    }
    if (setting("UPLOAD_BUCKETS").empty()) {
        problems.add(Problems::Kind::missing,
                     "UPLOAD_BUCKETS is not set: list the buckets that forms may upload to");
    }
}

void take_aws(Settings& settings, const AwsProfile& profile, Problems& problems) {
    if (profile.credentials) {
        settings.access.credentials = *profile.credentials;
    } else {
        problems.add(Problems::Kind::missing,
                     "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
    }
    settings.credentials_source = profile.source;
    if (!profile.file.empty()) settings.secret_files.push_back(profile.file);
    const std::string region = profile.region.empty() ? "us-east-1" : profile.region;
    problems.gather(redacted("AWS_REGION", region) + ": ",
                    [&] { settings.access.region = check_region(region); });
    if (settings.access.region.empty()) return;
    const std::string amazon =
        settings.access.region.starts_with("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
    const std::string url = profile.endpoint_url.empty()
                                ? "https://s3." + settings.access.region + amazon
                                : profile.endpoint_url;
    problems.gather(redacted("AWS_ENDPOINT_URL_S3", url) + ": ",
                    [&] { settings.access.endpoint = parse_endpoint(url); });
    if (settings.access.payload == PayloadSigning::none &&
        settings.access.endpoint.scheme == "http") {
        problems.add(
            Problems::Kind::wrong,
            "UPLOAD_PAYLOAD=unsigned is safe only over https, and AWS_ENDPOINT_URL_S3 is an "
            "http address; write auto, signed or chunked");
    }
}

std::string lines(const std::vector<SettingProblem>& problems) {
    std::string text;
    for (const SettingProblem& problem : problems)
        text += (text.empty() ? "" : "\n") + problem.text;
    return text;
}

}  // namespace

SettingsError::SettingsError(std::vector<SettingProblem> all)
    : std::runtime_error(lines(all)), problems(std::move(all)) {}

bool SettingsError::wrong() const {
    using Kind = SettingProblem::Kind;
    return std::any_of(problems.begin(), problems.end(), [](const SettingProblem& problem) {
        return problem.kind != Kind::missing && problem.kind != Kind::unavailable;
    });
}

Settings load_settings(const Lookup& environment) {
    Settings settings;
    Problems problems;
    const std::string home = home_folder(environment);
    SettingsFile file;
    problems.gather("", [&] { file = read_settings_file(environment, home); });
    problems.throw_if_any();
    settings.file = file.path;

    const Lookup setting = [&](const std::string& name) {
        const std::string value = environment(name);
        const auto in_file = file.values.find(name);
        return value.empty() && in_file != file.values.end() ? in_file->second : value;
    };
    if (file.values.contains("AWS_SECRET_ACCESS_KEY")) settings.secret_files.push_back(file.path);
    check_names(file, problems);
    parse_own(settings, setting, problems);
    std::optional<AwsProfile> profile;
    problems.gather("", [&] { profile = load_aws_profile(setting, home); });
    if (profile) take_aws(settings, *profile, problems);
    problems.throw_if_any();
    return settings;
}

bool is_setting(const std::string& name) {
    const std::vector<std::string> names = setting_names();
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string nearest_setting(const std::string& name) {
    return nearest_name(name, setting_names());
}

}  // namespace s3drop
