// The descriptors that this process has open.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace s3drop::test {

struct OpenFile {
    std::uint64_t size;
    std::uint64_t links;   // how many names the file has
    unsigned permissions;  // as in chmod
    bool closed_on_exec;
};

// The open files that were created below `folder`, with or without a name.
std::vector<OpenFile> open_files_in(const std::filesystem::path& folder);

std::size_t open_descriptors();

}  // namespace s3drop::test
