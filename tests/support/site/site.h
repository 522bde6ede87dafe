// A whole site for the server tests: a web server with the program behind it, run from the
// configurations that are shipped, as an ordinary user, on a free port of 127.0.0.1.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "site/client.h"
#include "site/front.h"
#include "store/store.h"
#include "system/process.h"
#include "system/temporary_folder.h"

namespace s3drop::test {

enum class Spool { ordinary, small_disk };

class Site {
  public:
    // `settings`: the text of upload.conf. `defines`: see set_up(). `spool`: whether the spool
    // folder is on a disk of its own, of small_disk_size, which spooled() does not see.
    Site(Front front, const std::string& settings, const std::vector<std::string>& defines = {},
         Spool spool = Spool::ordinary);
    ~Site();
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    // Writes upload.conf anew. Workers that are up read it only while they lack settings.
    void configure(const std::string& settings) const;

    std::string url(const std::string& path = "/upload") const;
    int port() const { return port_; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    std::string spool() const { return folder_.path("spool"); }

    // The program's processes: workers, or what runs of CGI now.
    std::vector<pid_t> workers() const;

    // The worker that has an upload beyond its first MiB in hand; 0 where there is none.
    pid_t busy_worker() const;

    // What the web server and the program have written to their logs so far.
    std::string log() const;

    // What lies in the spool folder, and the bodies that the web server keeps.
    std::vector<std::string> spooled() const;

  private:
    bool start(const FrontSetup& setup);
    void stop();

    TemporaryFolder folder_;
    int port_ = 0;
    std::string program_;
    std::vector<std::unique_ptr<Process>> servers_;
};

// A port of 127.0.0.1 that nothing listens on at the moment.
int free_port();

// Whether something listens on it.
bool listens(int port);

// Makes a folder, and what is in it, that of the user whom servers run as.
void give_to_ordinary_user(const std::filesystem::path& folder);

// Polls until `condition` holds; false after `seconds`, which is only reached on failure.
bool eventually(const std::function<bool()>& condition, int seconds = 20);

}  // namespace s3drop::test
