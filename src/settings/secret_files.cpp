#include "settings/secret_files.h"

#include <grp.h>
#include <sys/stat.h>

#include <array>

#include "base/text.h"

namespace s3drop {

namespace {

constexpr std::size_t longest_path = 4096;

std::string group_name(gid_t id) {
    std::array<char, 4096> buffer{};
    group entry{};
    group* found = nullptr;
    getgrgid_r(id, &entry, buffer.data(), buffer.size(), &found);
    return found == nullptr ? std::to_string(id) : found->gr_name;
}

}  // namespace

std::vector<SharedSecret> shared_secrets(const std::vector<std::string>& files) {
    std::vector<SharedSecret> shared;
    for (const std::string& file : files) {
        struct stat status {};
        if (stat(file.c_str(), &status) != 0 || (status.st_mode & (S_IRGRP | S_IROTH)) == 0) {
            continue;
        }
        shared.push_back(
            {.file = file,
             .readers = (status.st_mode & S_IROTH) != 0 ? Readers::everybody : Readers::group,
             .group = group_name(status.st_gid)});
    }
    return shared;
}

std::string exposed_secrets(const std::vector<std::string>& files) {
    std::string names;
    for (const SharedSecret& each : shared_secrets(files)) {
        if (each.readers != Readers::everybody) continue;
        names += (names.empty() ? "" : ", ") + printable(each.file, longest_path);
    }
    return names.empty()
               ? ""
               : "every user of this machine can read the secret in " + names + " (chmod 600)";
}

}  // namespace s3drop
