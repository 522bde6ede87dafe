// Who else may read the files that hold the operator's secrets.
#pragma once

#include <string>
#include <vector>

namespace s3drop {

enum class Readers { group, everybody };

struct SharedSecret {
    std::string file;
    Readers readers = Readers::everybody;  // beside its owner
    std::string group;                     // the file's; a number where it has no name
};

// Those of the files that others than their owner may read, by the permission bits.
std::vector<SharedSecret> shared_secrets(const std::vector<std::string>& files);

// A line for the log, without its end, that names the files that everybody may read; "" where there
// are none.
std::string exposed_secrets(const std::vector<std::string>& files);

}  // namespace s3drop
