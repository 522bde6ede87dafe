// A host where people have a home, Apache and no more: the package is installed in a home there by
// the commands of its own INSTALL, and nobody tells the program where the home is.
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
    // `package`: a .tar.gz of make dist. `settings`: what its user writes into upload.conf.
    Host(HostRuns how, const std::string& package, const std::string& settings);
    ~Host();
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    std::string url(const std::string& path) const;
    const std::filesystem::path& home() const { return home_.path(); }

    // The program's processes.
    std::vector<pid_t> workers() const;

    // What Apache and the program have written to their logs so far.
    std::string log() const;

  private:
    void install(const std::string& package, const std::string& settings) const;
    bool start(HostRuns how);
    void stop();

    TemporaryFolder home_;
    TemporaryFolder run_;  // Apache's own
    int port_ = 0;
    std::unique_ptr<Process> apache_;
};

}  // namespace s3drop::test
