// Files of NAME=value lines, with or without [sections] and with # or ; comments: upload.conf and
// the files that AWS's tools share.
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>

namespace s3drop {

// Section → name → value. What stands before the first section is in section "". A setting nested
// below another, as AWS's files have them ("s3 =", and indented below it "x = 1"), is named "s3.x".
using Ini = std::map<std::string, std::map<std::string, std::string>>;

// The file exists, and this process may not read it, or cannot. what() names it.
class UnreadableFile : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Nothing where there is no such file, or no way into its folder: a server that was started from
// somebody's shell has that person's HOME. Throws UnreadableFile, or std::runtime_error, which
// names the file and the line but shows nothing of it, where it cannot be read: the line may hold a
// secret.
std::optional<Ini> read_ini(const std::string& path);

}  // namespace s3drop
