// Any text as the settings file, and as the profile files that AWS's tools share.
//
// It is accepted, and the settings are then complete, or refused with a text that does not show the
// secret.
#include <sys/mman.h>
#include <unistd.h>

#include <map>

#include "base/descriptor.h"
#include "fuzzing.h"
#include "settings/settings.h"

using namespace s3drop;
using namespace s3drop::test;

namespace {

constexpr std::string_view secret = "z8QpXw3vSecretOfTheFuzzerR5tYk1";

// A file in memory, with a path.
class File {
  public:
    explicit File(std::string_view content) : file_(memfd_create("fuzzed", MFD_CLOEXEC)) {
        const ssize_t written = write(file_.get(), content.data(), content.size());
        must(written == static_cast<ssize_t>(content.size()), "the file is written");
    }

    std::string path() const { return "/proc/self/fd/" + std::to_string(file_.get()); }

  private:
    Descriptor file_;
};

void check_refusal(const std::string& text) {
    must(!text.empty(), "a refusal has a text");
    must(text.find(secret) == std::string::npos, "a refusal shows no secret", text);
}

void check_complete(const Settings& settings) {
    const Endpoint& endpoint = settings.access.endpoint;
    must(!settings.buckets.empty(), "there is a bucket");
    must(!settings.access.region.empty(), "there is a region");
    must(endpoint.scheme == "http" || endpoint.scheme == "https", "the scheme is one of two");
    must(parse_host(endpoint.host).has_value(), "the endpoint has a host", endpoint.host);
    must(url_of(parse_endpoint(url_of(endpoint))) == url_of(endpoint), "its URL reads the same");
    must(settings.max_size > 0 && settings.access.timeout.count() > 0, "the limits leave room");
    must(!settings.access.credentials.access_key_id.empty(), "there is a key");
    must(!settings.access.credentials.secret_access_key.empty(), "there is a secret");
}

// Paths in the text are not followed: the environment, which comes first, names an empty file.
void load(std::map<std::string, std::string> environment) {
    static const File empty("");
    for (const char* path : {"UPLOAD_CONFIG", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE",
                             "AWS_CA_BUNDLE", "UPLOAD_TRACE"})
        environment.emplace(path, empty.path());
    environment["UPLOAD_SPOOL_DIR"] = "/tmp";
    environment["HOME"] = "/nonexistent";
    try {
        check_complete(load_settings([&](const std::string& name) {
            const auto found = environment.find(name);
            return found == environment.end() ? std::string() : found->second;
        }));
    } catch (const SettingsError& error) {
        check_refusal(error.what());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of(data, size);
    if (text.find(secret) != std::string_view::npos) return 0;
    const std::string line = "=" + std::string(secret) + "\n";

    const File settings(std::string(text) + "\nAWS_SECRET_ACCESS_KEY" + line);
    load({{"UPLOAD_CONFIG", settings.path()}});

    const File profiles(std::string(text) + "\naws_secret_access_key" + line);
    for (const char* shared : {"AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"})
        load({{"UPLOAD_BUCKETS", "demo"}, {shared, profiles.path()}, {"AWS_PROFILE", "fuzz"}});
    return 0;
}
