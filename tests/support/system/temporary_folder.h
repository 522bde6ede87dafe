// A temporary folder for a test, removed with its contents.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace s3drop::test {

class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::string path(const std::string& below) const { return path_ / below; }

    // Writes a file, and makes its folders. Returns its path.
    std::string file(const std::string& name, const std::string& content) const;

    // Makes a folder. Returns its path.
    std::string folder(const std::string& name) const;

    // The names of its entries.
    std::vector<std::string> entries() const;

  private:
    std::filesystem::path path_;
};

// The contents of a file; "" if it does not exist.
std::string text_of(const std::filesystem::path& file);

}  // namespace s3drop::test
