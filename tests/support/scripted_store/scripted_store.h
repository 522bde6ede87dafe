// A stand-in for S3, for faults that a real store cannot be made to show. It is an HTTP/1.1 server
// on a free port of 127.0.0.1, in threads of the test's process. It handles each request as the
// test's script says; without a script, as S3 does. It verifies signatures with its own code, so
// that a test can also assert that every request was valid:
//
//     ScriptedStore store({.tls = false});
//     store.script({{.after = 1000, .then = Do::reset}, {.response = slow_down("1")}});
//     …
//     BOOST_TEST(store.faults().empty());
//     BOOST_TEST(store.requests().size() == 3U);
//
// store_script.h has the fields of a Step, s3_responses.h ready-made responses, and s3_judge.h the
// checks of a request. Tests that do not need faults use a real store (store/store.h).
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/descriptor.h"
#include "scripted_store/store_connection.h"
#include "scripted_store/store_script.h"
#include "scripted_store/store_state.h"
#include "site/client.h"
#include "system/temporary_folder.h"

namespace s3drop::test {

struct StoreOptions {
    bool tls = false;
    StoreRules rules = {};
};

class ScriptedStore {
  public:
    explicit ScriptedStore(const StoreOptions& options = {});
    // Ends every connection and every thread.
    ~ScriptedStore();
    ScriptedStore(const ScriptedStore&) = delete;
    ScriptedStore& operator=(const ScriptedStore&) = delete;

    // One step for each request from now on, or for each connection if the step is about how a
    // connection begins. Replaces what is left of an earlier script.
    void script(const std::vector<Step>& steps);
    // What is done after the end of the script. By default: what S3 does.
    void otherwise(const Step& step);
    std::size_t steps_left() const { return state_.steps_left(); }

    StoreRules rules() const { return state_.rules(); }
    void set_rules(const StoreRules& rules) { state_.set_rules(rules); }

    // refuse(): new connections are refused, existing ones stay. listen() accepts connections
    // again.
    void refuse();
    void listen();
    // Ends the existing connections, as a store does when it restarts.
    void end_connections();

    // How many steps are stalling now. go_on() ends their stall.
    std::size_t stalled() const { return state_.stalled(); }
    void go_on() { state_.go_on(); }

    std::vector<SeenRequest> requests() const { return state_.requests(); }
    std::map<std::string, StoredObject> objects() const { return state_.objects(); }
    // What was wrong with how requests were made, such as an invalid signature, one line each. Does
    // not include refusals for other reasons (the clock, the region, a condition).
    std::vector<std::string> faults() const;
    int connections() const;               // so far
    std::size_t open_connections() const;  // now

    int port() const { return port_; }
    // For settings_for(), signed_put() etc. `endpoint` is https if the store uses TLS.
    StoreAccess access() const;

  private:
    // A connection and its thread.
    struct Served {
        int descriptor;
        bool open = true;  // false: the descriptor may belong to another file by now
        bool over = false;
        std::thread thread = {};
    };

    void accept_all(int listener);
    void serve(Descriptor socket, Served& served, int number);
    void stop_listening();

    StoreState state_;
    TemporaryFolder folder_;
    std::unique_ptr<StoreIdentities> identities_;  // null without TLS
    int port_ = 0;
    Descriptor listener_;
    std::thread acceptor_;
    mutable std::mutex mutex_;  // protects the members below
    std::list<Served> served_;
    int connections_ = 0;
    std::vector<std::string> failures_;  // exceptions in the stand-in itself
};

}  // namespace s3drop::test
