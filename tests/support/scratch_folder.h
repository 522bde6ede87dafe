// A folder of its own for a test, gone with all that is in it at the end.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace s3drop::test {

class ScratchFolder {
  public:
    ScratchFolder() {
        std::string name = std::filesystem::temp_directory_path() / "s3drop-test-XXXXXX";
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
        path_ = name;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    std::string path() const { return path_; }
    std::string path(const std::string& below) const { return path_ / below; }

    // Writes a file, its folders included; gives its path.
    std::string file(const std::string& name, const std::string& content) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << content;
        return path(name);
    }

    // Makes a folder; gives its path.
    std::string folder(const std::string& name) const {
        std::filesystem::create_directories(path_ / name);
        return path(name);
    }

  private:
    std::filesystem::path path_;
};

}  // namespace s3drop::test
