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

// Starts with the first use; a store that does not start fails the test that asked for it.
class Store {
  public:
    static const StoreAccess& access();

    // Makes a bucket of its own for a test, and names it.
    static std::string new_bucket();

  private:
    Store();
    ~Store();

    // Ends the store when this process ends, however that comes about: Ceph's daemons have
    // detached themselves from it, and would run for ever.
    void start_keeper(const std::string& dir);

    TemporaryFolder folder_;
    Descriptor alive_;  // what the keeper watches
    std::unique_ptr<Process> keeper_;
    TemporaryFolder public_;  // for what the sites' ordinary user reads
    StoreAccess access_;
};

// The port in http://host:port.
int port_of(const std::string& endpoint);

// The settings of a program that is started without a site, with the store's first bucket.
Environment environment_for(const StoreAccess& store);

// upload.conf of a site: the store's endpoint and keys, `bucket`, then `more`, which wins.
std::string settings_for(const StoreAccess& store, const std::string& bucket,
                         const std::vector<std::string>& more = {});

}  // namespace s3drop::test
