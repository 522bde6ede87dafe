// A folder for one test, and a look at the descriptors that the process has open.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace s3drop::test {

struct OpenFile {
    std::uint64_t size;
    std::uint64_t links;  // names that the file has
    bool closed_on_exec;
};

// An empty folder, removed with all that is in it.
class ScratchDir {
  public:
    ScratchDir();
    ScratchDir(const ScratchDir&) = delete;
    ScratchDir& operator=(const ScratchDir&) = delete;
    ~ScratchDir();

    const std::string& path() const { return path_; }
    std::vector<std::string> entries() const;

    // The files made in it that the process has open, with a name or without.
    std::vector<OpenFile> open_files() const;

  private:
    std::string path_;
};

std::size_t open_descriptors();

}  // namespace s3drop::test
