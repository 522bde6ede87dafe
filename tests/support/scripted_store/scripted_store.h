// A stand-in for S3, for faults that no real store can be made to show: an HTTP/1.1 server on a
// free port of 127.0.0.1, in threads of the test's process, that does with each request what the
// test's script says, and else what S3 does. It checks signatures for itself, so that a test can
// also assert that every request was a good one:
//
//     ScriptedStore store({.tls = false});
//     store.script({{.after = 1000, .then = Do::reset}, {.answer = slow_down("1")}});
//     …
//     BOOST_TEST(store.faults().empty());
//     BOOST_TEST(store.requests().size() == 3U);
//
// What a Step can say is in store_script.h, ready-made answers are in s3_answers.h, and what is
// checked of a request is in s3_judge.h. Not for what a real store can show: Store has one.
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

    // A step for each request that comes from now on, or for each connection where it is about how
    // they begin. What was left of an earlier script is forgotten.
    void script(const std::vector<Step>& steps);
    // What is done once the script is at its end. At first: what S3 does.
    void otherwise(const Step& step);
    std::size_t steps_left() const { return state_.steps_left(); }

    StoreRules rules() const { return state_.rules(); }
    void set_rules(const StoreRules& rules) { state_.set_rules(rules); }

    // Connections are refused from now on, but those that are there stay; and the other way round.
    void refuse();
    void listen();
    // Ends the connections that are there, as a store does that starts anew.
    void end_connections();

    // How many steps stall now; and an end to that.
    std::size_t stalled() const { return state_.stalled(); }
    void go_on() { state_.go_on(); }

    std::vector<SeenRequest> requests() const { return state_.requests(); }
    std::map<std::string, StoredObject> objects() const { return state_.objects(); }
    // What was wrong with how requests were made, a line each, such as a signature that does not
    // hold: what is bad luck (a clock, a region, a condition) is not among it.
    std::vector<std::string> faults() const;
    int connections() const;               // so far
    std::size_t open_connections() const;  // now

    int port() const { return port_; }
    // For settings_for(), signed_put() and the like. `endpoint` has TLS where the store has it.
    StoreAccess access() const;

  private:
    // A connection and its thread.
    struct Served {
        int descriptor;
        bool open = true;  // whether the descriptor is the connection's, and no other file's
        bool over = false;
        std::thread thread = {};
    };

    void accept_all(int listener);
    void serve(Descriptor socket, Served& served, int number);
    void stop_listening();

    StoreState state_;
    TemporaryFolder folder_;
    std::unique_ptr<StoreIdentities> identities_;  // none: without TLS
    int port_ = 0;
    Descriptor listener_;
    std::thread acceptor_;
    mutable std::mutex mutex_;  // of what follows
    std::list<Served> served_;
    int connections_ = 0;
    std::vector<std::string> failures_;  // of the stand-in itself
};

}  // namespace s3drop::test
