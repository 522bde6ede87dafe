// A whole site for the server tests: a web server with the program behind it. It uses the shipped
// configurations, and runs as an ordinary user on a free port of 127.0.0.1.
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
    // folder is on its own disk of small_disk_size, which spooled() does not see.
    Site(Front front, const std::string& settings, const std::vector<std::string>& defines = {},
         Spool spool = Spool::ordinary);
    ~Site();
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    // Replaces upload.conf. Running workers read it only if they have no settings yet.
    void configure(const std::string& settings) const;

    std::string url(const std::string& path = "/upload") const;
    int port() const { return port_; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    std::string spool() const { return folder_.path("spool"); }

    // The program's processes: workers, or the CGI programs that are running now.
    std::vector<pid_t> workers() const;

    // A worker that is handling an upload past its first MiB; 0 if there is none.
    pid_t busy_worker() const;

    // The logs of the web server and the program so far.
    std::string log() const;

    // The names of the files in the spool folder, and of the web server's files with bodies.
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

// Whether something listens on this port of 127.0.0.1.
bool listens(int port);

// Changes the owner of a folder and its contents to the user that the servers run as.
void give_to_ordinary_user(const std::filesystem::path& folder);

// Polls until `condition` holds; false after `seconds`, which is only reached on failure.
bool eventually(const std::function<bool()>& condition, int seconds = 20);

}  // namespace s3drop::test
