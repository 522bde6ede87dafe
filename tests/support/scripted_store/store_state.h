// What the connections of a ScriptedStore share: its script, its rules, its objects, and the
// requests that it has received. Thread-safe.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "scripted_store/request_head.h"
#include "scripted_store/s3_judge.h"
#include "scripted_store/s3_refusal.h"
#include "scripted_store/store_script.h"

namespace s3drop::test {

struct SeenRequest {
    int connection = 0;  // counted from 1
    RequestHead head;
    std::uint64_t body_bytes = 0;      // read so far, encoded as received
    bool whole = false;                // as many bytes as Content-Length says have come
    bool responded = false;            // the response has been sent, up to its `cut`
    std::optional<S3Refusal> refusal;  // why S3 would refuse it, by what has come of it
};

class StoreState {
  public:
    explicit StoreState(StoreRules rules) : rules_(std::move(rules)) {}

    void set_script(std::deque<Step> steps);
    void set_otherwise(const Step& step);
    void set_rules(const StoreRules& rules);
    StoreRules rules() const;

    // Takes the next step if it is about how a connection begins.
    std::optional<Step> next_opening();
    // Takes the next step for a request. A step about how a connection begins stays for the next
    // connection.
    Step next_step();
    std::size_t steps_left() const;

    // Record a request and its progress. A refusal, once set, stays.
    std::size_t begin_request(int connection, const RequestHead& head);
    void add_bytes(std::size_t request, std::uint64_t bytes);
    void set_whole(std::size_t request);
    void set_responded(std::size_t request);
    void set_refusal(std::size_t request, const std::optional<S3Refusal>& refusal);
    std::vector<SeenRequest> requests() const;

    // Stores the object. Returns why not if `only_new` is set and the object exists.
    std::optional<S3Refusal> put(const std::string& name, const StoredObject& object,
                                 bool only_new);
    std::optional<StoredObject> find(const std::string& name) const;
    void remove(const std::string& name);
    std::map<std::string, StoredObject> objects() const;

    // Stalls. go_on() ends those that have begun. begin_stall() returns the value for goes_on().
    int begin_stall();
    bool goes_on(int stall) const;
    void end_stall();
    std::size_t stalled() const;
    void go_on();

  private:
    mutable std::mutex mutex_;
    StoreRules rules_;
    std::deque<Step> script_;
    Step otherwise_;
    std::vector<SeenRequest> requests_;
    std::map<std::string, StoredObject> objects_;
    std::size_t stalled_ = 0;
    int times_gone_on_ = 0;
};

}  // namespace s3drop::test
