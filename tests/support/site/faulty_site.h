// A site in front of a ScriptedStore: what becomes of an upload when the store fails.
#pragma once

#include <string>
#include <vector>

#include "scripted_store/scripted_store.h"
#include "scripted_store/sending.h"
#include "site/sites.h"

namespace s3drop::test {

// What became of one upload.
struct Met {
    Response answer;
    std::size_t puts = 0;  // that came through to the store, in whole or in part
    bool stored = false;   // byte for byte
};

class FaultySite {
  public:
    // Two attempts for each PUT, beside what `more` says.
    FaultySite(Sending way, const std::vector<std::string>& more);

    // One that many tests share.
    static FaultySite& of(Sending way);

    ScriptedStore& store() { return store_; }
    std::string url() const { return site_.url(); }

    // Uploads a file to a store that takes these steps, over new connections.
    Met meet(const std::vector<Step>& steps, const Content& content);

    // No temporary file, no worker lost, none that has kept descriptors or memory; nothing that
    // the store finds wrong with the requests; and the next upload works. A failure is the test's.
    void check_unharmed();

  private:
    ScriptedStore store_;
    Site site_;
    std::vector<pid_t> workers_;
    int uploads_ = 0;
};

}  // namespace s3drop::test
