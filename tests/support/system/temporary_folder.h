// A folder of a test's own, removed with all that is in it.
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

    // Writes a file, its folders included; gives its path.
    std::string file(const std::string& name, const std::string& content) const;

    // Makes a folder; gives its path.
    std::string folder(const std::string& name) const;

    // The names of what is in it.
    std::vector<std::string> entries() const;

  private:
    std::filesystem::path path_;
};

// What a file holds; "" where there is none.
std::string text_of(const std::filesystem::path& file);

}  // namespace s3drop::test
