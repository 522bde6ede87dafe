#include "store/store.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <map>
#include <sstream>
#include <stdexcept>

namespace s3drop::test {

namespace {

namespace fs = std::filesystem;

std::string value_of(const std::string& environment, const std::string& name) {
    std::istringstream lines(environment);
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with(name + "=")) return line.substr(name.size() + 1);
    }
    throw std::runtime_error("the store's environment has no " + name);
}

}  // namespace

Store::Store() {
    const fs::path dir = folder_.path() / "store";
    start_keeper(dir);
    const Finished up =
        run({.arguments = {"tests/tools/store", "up", dir, "--tls"}, .environment = {}});
    if (up.status != 0) throw std::runtime_error("the store does not start:\n" + up.output);
    const std::string environment = text_of(dir / "env");
    const fs::path certificate = public_.path() / "store.crt";
    fs::copy(value_of(environment, "S3_CACERT"), certificate);
    fs::permissions(public_.path(), fs::perms(0755));
    fs::permissions(certificate, fs::perms(0644));
    access_ = {.endpoint = value_of(environment, "S3_ENDPOINT"),
               .endpoint_tls = value_of(environment, "S3_ENDPOINT_TLS"),
               .ca_bundle = certificate,
               .bucket = value_of(environment, "S3_BUCKET"),
               .access_key_id = value_of(environment, "AWS_ACCESS_KEY_ID"),
               .secret_access_key = value_of(environment, "AWS_SECRET_ACCESS_KEY")};
}

Store::~Store() {
    alive_ = {};
    keeper_->wait();
}

void Store::start_keeper(const std::string& dir) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const Descriptor watched(ends[0]);
    alive_ = Descriptor(ends[1]);
    const char* keep = R"(trap '' INT TERM HUP; read -r _; exec tests/tools/store down "$0")";
    keeper_ = std::make_unique<Process>(Command{.arguments = {"sh", "-c", keep, dir},
                                                .environment = {},
                                                .input_descriptor = watched.get()});
}

const StoreAccess& Store::access() {
    static const Store store;
    return store.access_;
}

std::string Store::new_bucket() {
    static int number = 0;
    const std::string bucket = "bucket-" + std::to_string(++number);
    if (signed_put(access(), "/" + bucket).status != 200) {
        throw std::runtime_error("cannot make a bucket");
    }
    return bucket;
}

Environment environment_for(const StoreAccess& store) {
    return {{"UPLOAD_BUCKETS", store.bucket},
            {"AWS_ACCESS_KEY_ID", store.access_key_id},
            {"AWS_SECRET_ACCESS_KEY", store.secret_access_key},
            {"AWS_ENDPOINT_URL_S3", store.endpoint}};
}

int port_of(const std::string& endpoint) {
    return std::stoi(endpoint.substr(endpoint.rfind(':') + 1));
}

std::string settings_for(const StoreAccess& store, const std::string& bucket,
                         const std::vector<std::string>& more) {
    std::map<std::string, std::string> settings = {
        {"AWS_ENDPOINT_URL_S3", store.endpoint},
        {"AWS_ACCESS_KEY_ID", store.access_key_id},
        {"AWS_SECRET_ACCESS_KEY", store.secret_access_key},
        {"UPLOAD_BUCKETS", bucket}};
    for (const std::string& line : more) {
        settings[line.substr(0, line.find('='))] = line.substr(line.find('=') + 1);
    }
    std::string text;
    for (const auto& [name, value] : settings)
        text += name + "=" + value + "\n";
    return text;
}

}  // namespace s3drop::test
