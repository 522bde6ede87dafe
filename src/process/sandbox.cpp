#include "process/sandbox.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <stdexcept>
#include <system_error>

#include "process/landlock.h"

namespace s3drop {

namespace {

// resolv.conf(5), hosts(5), nsswitch.conf(5): libc checks at each lookup whether they have changed.
constexpr std::array checked_at_each_lookup = {"/etc/resolv.conf", "/etc/hosts",
                                               "/etc/nsswitch.conf"};

// The rest of the resolver; the loader's files, for modules of NSS and OpenSSL; the time zone;
// random bytes on kernels without getrandom(2); whether the system is in FIPS mode; OpenSSL's
// configuration and trusted certificates on Debian, Red Hat, SUSE and Arch, and for an OpenSSL that
// was built by hand. Not all of /etc/ssl and /etc/pki/tls, which also contain private keys.
constexpr std::array opened_once = {"/etc/host.conf",
                                    "/etc/gai.conf",
                                    "/etc/ld.so.cache",
                                    "/lib/",
                                    "/lib64/",
                                    "/usr/lib/",
                                    "/usr/lib64/",
                                    "/usr/local/lib/",
                                    "/etc/localtime",
                                    "/usr/share/zoneinfo/",
                                    "/dev/null",
                                    "/dev/random",
                                    "/dev/urandom",
                                    "/proc/sys/crypto/fips_enabled",
                                    "/etc/crypto-policies/",
                                    "/usr/share/crypto-policies/",
                                    "/etc/ssl/openssl.cnf",
                                    "/etc/ssl/openssl.cnf.d/",
                                    "/etc/ssl/engdef.d/",
                                    "/etc/ssl/engines.d/",
                                    "/etc/pki/tls/openssl.cnf",
                                    "/etc/pki/tls/openssl.d/",
                                    "/usr/local/ssl/openssl.cnf",
                                    "/etc/ssl/cert.pem",
                                    "/etc/ssl/certs/",
                                    "/etc/pki/tls/certs/",
                                    "/etc/pki/ca-trust/",
                                    "/etc/ca-certificates/",
                                    "/usr/share/ca-certificates/",
                                    "/usr/local/share/ca-certificates/",
                                    "/var/lib/ca-certificates/",
                                    "/usr/local/ssl/certs/"};

std::string as_folder(const std::string& path) {
    return path.ends_with('/') ? path : path + "/";
}

// The folder that /etc/resolv.conf links to, "" if it is not a link. systemd-resolved, resolvconf
// and NetworkManager keep the file below /run and replace it there.
std::string folder_of_resolver() {
    std::error_code none;
    const std::filesystem::path path = checked_at_each_lookup.front();
    if (!std::filesystem::is_symlink(path, none)) return {};
    const std::filesystem::path folder = std::filesystem::canonical(path, none).parent_path();
    return folder == path.parent_path() || folder == "/" || none ? "" : as_folder(folder);
}

bool is_forbidden(const std::string& path) {
    const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return !file && errno == EACCES;
}

}  // namespace

SandboxFiles system_files(const std::string& spool_dir) {
    SandboxFiles files{.read = {opened_once.begin(), opened_once.end()},
                       .read_again = {checked_at_each_lookup.begin(), checked_at_each_lookup.end()},
                       .spool_dir = as_folder(spool_dir)};
    const std::string resolver = folder_of_resolver();
    if (!resolver.empty()) files.read.push_back(resolver);
    return files;
}

Sandbox::Sandbox(SandboxUse use, const SandboxFiles& files) {
    if (use == SandboxUse::off) {
        text_ = "off (UPLOAD_SANDBOX=no)";
        return;
    }
    try {
        const int abi = landlock::abi();
        failed_ = true;  // until it has worked
        restrict_to(files, abi);
        on_ = true;
        failed_ = false;
        text_ = "landlock ABI " + std::to_string(abi);
    } catch (const std::runtime_error& error) {
        text_ = std::string("none (") + error.what() + ")";
    }
}

void Sandbox::restrict_to(const SandboxFiles& files, int abi) {
    landlock::Ruleset ruleset(std::min(abi, landlock::newest_abi));
    for (const auto& paths : {files.read, files.read_again}) {
        for (const std::string& path : paths)
            ruleset.allow(path, landlock::Right::read);
    }
    ruleset.allow(files.spool_dir, landlock::Right::make_files);
    ruleset.enforce();
    for (const std::string& path : files.read_again)
        watch(path);
    watch(files.spool_dir);
}

void Sandbox::watch(const std::string& path) {
    struct stat status {};
    static_cast<void>(stat(path.c_str(), &status));  // inode 0 if it does not exist
    watched_.push_back({path, status.st_dev, status.st_ino});
}

std::string Sandbox::replaced() const {
    for (const Watched& seen : watched_) {
        struct stat status {};
        if (stat(seen.path.c_str(), &status) != 0 ||
            (status.st_dev == seen.device && status.st_ino == seen.inode))
            continue;
        // In a folder that is allowed, the new file can be read too.
        if (seen.path.ends_with('/') || is_forbidden(seen.path)) return seen.path;
    }
    return {};
}

}  // namespace s3drop
