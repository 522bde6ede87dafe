// A look at the descriptors that this process has open.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace s3drop::test {

struct OpenFile {
    std::uint64_t size;
    std::uint64_t links;   // names that the file has
    unsigned permissions;  // as in chmod
    bool closed_on_exec;
};

// The files made below `folder`, with a name or without.
std::vector<OpenFile> open_files_in(const std::filesystem::path& folder);

std::size_t open_descriptors();

}  // namespace s3drop::test
