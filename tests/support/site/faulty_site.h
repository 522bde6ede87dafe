// A site with a ScriptedStore, for uploads during which the store fails.
#pragma once

#include <string>
#include <vector>

#include "scripted_store/scripted_store.h"
#include "scripted_store/sending.h"
#include "site/sites.h"

namespace s3drop::test {

// The outcome of one upload.
struct UploadResult {
    Response reply;
    std::size_t puts = 0;  // how many reached the store, complete or not
    bool stored = false;   // byte for byte
};

class FaultySite {
  public:
    // `more`: lines of upload.conf, in addition to UPLOAD_RETRIES=2.
    FaultySite(Sending way, const std::vector<std::string>& more);

    // The site that most tests share.
    static FaultySite& of(Sending way);

    ScriptedStore& store() { return store_; }
    std::string url() const { return site_.url(); }

    // Uploads a file while the store follows these steps. Ends the store's connections first.
    UploadResult upload_with(const std::vector<Step>& steps, const Content& content);

    // Checks that the next upload works, that no temporary file is left, that the workers are the
    // same and have not kept descriptors or memory, and that all requests to the store were valid.
    // Reports failures to Boost.Test.
    void check_unharmed();

  private:
    ScriptedStore store_;
    Site site_;
    std::vector<pid_t> workers_;
    int uploads_ = 0;
};

}  // namespace s3drop::test
