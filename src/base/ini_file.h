// Files of NAME=value lines, with or without [sections]; lines that begin with # or ; are comments.
// upload.conf and AWS's profile files have this format.
#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>

namespace s3drop {

// Section → name → value. Lines before the first section are in section "". A setting that is
// nested below another, as in AWS's files ("s3 =", and indented below it "x = 1"), is named "s3.x".
using Ini = std::map<std::string, std::map<std::string, std::string>>;

// The file exists, but this process cannot read it. what() contains the path.
class UnreadableFile : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Returns nullopt if there is no such file, or if its folder is not accessible: a server started
// from a person's shell has that person's HOME. Throws UnreadableFile if the file cannot be read,
// and std::runtime_error if a line is invalid. That message has the path and the line number, but
// not the line, which may contain a secret.
std::optional<Ini> read_ini(const std::string& path);

}  // namespace s3drop
