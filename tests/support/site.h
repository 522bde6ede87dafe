// A whole site for the server tests: the store (radosgw), and a web server with the program behind
// it, run from the configurations that are shipped, as an ordinary user, on free ports of
// 127.0.0.1.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "client.h"
#include "process.h"
#include "temporary_folder.h"

namespace s3drop::test {

// The store that all server tests share. It starts with the first use; a store that does not start
// fails the test that asked for it.
class Store {
  public:
    static const StoreAccess& access();

    // Makes a bucket of its own for a test, and names it.
    static std::string new_bucket();

  private:
    Store();
    ~Store();

    TemporaryFolder folder_;
    TemporaryFolder public_;  // for what the sites' ordinary user reads
    StoreAccess access_;
};

enum class Front { lighttpd_fastcgi, lighttpd_cgi };
std::ostream& operator<<(std::ostream& out, Front front);

// upload.conf of a site: the store's endpoint and keys, `bucket`, then `more`, which wins.
std::string settings_for(const StoreAccess& store, const std::string& bucket,
                         const std::vector<std::string>& more = {});

class Site {
  public:
    // `settings`: the text of upload.conf.
    Site(Front front, const std::string& settings);
    ~Site();
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    // Writes upload.conf anew. Workers that are up read it only while they lack settings.
    void configure(const std::string& settings) const;

    std::string url(const std::string& path = "/upload") const;
    int port() const { return port_; }

    // The program's processes: workers, or what runs of CGI now.
    std::vector<pid_t> workers() const;

    // What lighttpd and the program have written to the error log so far.
    std::string log() const;

    // What lies in the spool folder.
    std::vector<std::string> spooled() const;

  private:
    void start(Front front);

    TemporaryFolder folder_;
    int port_ = 0;
    std::unique_ptr<Process> server_;
};

// A port of 127.0.0.1 that nothing listens on at the moment.
int free_port();

// Polls until `condition` holds; false after `seconds`, which is only reached on failure.
bool eventually(const std::function<bool()>& condition, int seconds = 20);

}  // namespace s3drop::test
