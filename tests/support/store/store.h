// The store (radosgw) that all server tests share.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "site/client.h"
#include "system/process.h"
#include "system/temporary_folder.h"

namespace s3drop::test {

// Starts when it is first used. If it does not start, the test that uses it fails.
class Store {
  public:
    static const StoreAccess& access();

    // Makes a new bucket and returns its name.
    static std::string new_bucket();

  private:
    Store();
    ~Store();

    // Starts a process that stops the store when this process ends, even after a crash: Ceph's
    // daemons have detached themselves, and would keep running.
    void start_keeper(const std::string& dir);

    TemporaryFolder folder_;
    Descriptor alive_;  // the keeper waits until it is closed
    std::unique_ptr<Process> keeper_;
    TemporaryFolder public_;  // files that the sites' ordinary user has to read
    StoreAccess access_;
};

// The port in http://host:port.
int port_of(const std::string& endpoint);

// The settings as variables, for a program without a site, with the store's first bucket.
Environment environment_for(const StoreAccess& store);

// The text of upload.conf: the store's endpoint and keys, and `bucket`. Lines of `more` override
// them.
std::string settings_for(const StoreAccess& store, const std::string& bucket,
                         const std::vector<std::string>& more = {});

}  // namespace s3drop::test
