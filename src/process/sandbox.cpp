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

// resolv.conf(5), hosts(5), nsswitch.conf(5): libc looks at each lookup whether they have changed.
constexpr std::array looked_at_again = {"/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf"};

// The rest of the resolver; the loader's, for NSS modules and OpenSSL's; the time zone; random
// bytes on kernels without getrandom(2). Whether the system is in FIPS mode, and how OpenSSL is set
// up and which certificates it trusts on Debian, Red Hat, SUSE and Arch, and where it was built by
// hand. Not all of /etc/ssl and /etc/pki/tls: private keys are there too.
constexpr std::array looked_at_once = {"/etc/host.conf",
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

// systemd-resolved, resolvconf and NetworkManager keep the file below /run, have a link lead there,
// and put new ones in its place: their folder is meant. "" where it is no link.
std::string folder_of_resolver() {
    std::error_code none;
    const std::filesystem::path path = looked_at_again.front();
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
    SandboxFiles files{.read = {looked_at_once.begin(), looked_at_once.end()},
                       .read_again = {looked_at_again.begin(), looked_at_again.end()},
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
        text_ = std::string("none, ") + error.what();
    }
}

void Sandbox::restrict_to(const SandboxFiles& files, int abi) {
    landlock::Ruleset ruleset(std::min(abi, landlock::newest_abi));
    for (const auto& paths : {files.read, files.read_again}) {
        for (const std::string& path : paths)
            ruleset.allow(path, landlock::Access::read);
    }
    ruleset.allow(files.spool_dir, landlock::Access::make_files);
    ruleset.enforce();
    for (const std::string& path : files.read_again)
        watch(path);
    watch(files.spool_dir);
}

void Sandbox::watch(const std::string& path) {
    struct stat status {};
    static_cast<void>(stat(path.c_str(), &status));  // inode 0 where there is none
    watched_.push_back({path, status.st_dev, status.st_ino});
}

std::string Sandbox::replaced() const {
    for (const Watched& seen : watched_) {
        struct stat status {};
        if (stat(seen.path.c_str(), &status) != 0 ||
            (status.st_dev == seen.device && status.st_ino == seen.inode))
            continue;
        // In a folder that may be read, so may be the new file.
        if (seen.path.ends_with('/') || is_forbidden(seen.path)) return seen.path;
    }
    return {};
}

}  // namespace s3drop
