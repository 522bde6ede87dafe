// Who else can read the files that contain the operator's secrets.
#pragma once

#include <string>
#include <vector>

namespace s3drop {

enum class Readers { group, everybody };

struct SharedSecret {
    std::string file;
    Readers readers = Readers::everybody;  // other than its owner
    std::string group;                     // the file's group; its number if it has no name
};

// Those of `files` that a group or everybody can read, according to the permission bits.
std::vector<SharedSecret> shared_secrets(const std::vector<std::string>& files);

// A line for the log, without its line end, that names the files that everybody can read; "" if
// there are none.
std::string exposed_secrets(const std::vector<std::string>& files);

}  // namespace s3drop
