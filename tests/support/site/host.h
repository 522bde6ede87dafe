// A host where people have only a home and Apache. The package is installed in a home with the
// commands of its INSTALL. The program has to find the home without the variable HOME.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "system/process.h"
#include "system/temporary_folder.h"

namespace s3drop::test {

enum class HostRuns { fastcgi, cgi };

class Host {
  public:
    // `package`: a .tar.gz of make dist. `settings`: the values that its user sets in upload.conf.
    Host(HostRuns how, const std::string& package, const std::string& settings);
    ~Host();
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    std::string url(const std::string& path) const;
    const std::filesystem::path& home() const { return home_.path(); }

    // The program's processes.
    std::vector<pid_t> workers() const;

    // The logs of Apache and the program so far.
    std::string log() const;

  private:
    void install(const std::string& package, const std::string& settings) const;
    bool start(HostRuns how);
    void stop();

    TemporaryFolder home_;
    TemporaryFolder run_;  // Apache's files
    int port_ = 0;
    std::unique_ptr<Process> apache_;
};

}  // namespace s3drop::test
