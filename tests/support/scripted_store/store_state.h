// What the connections of a ScriptedStore share: its script, its rules, its objects, and what has
// been seen. All of it may be used by any thread.
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
    std::uint64_t body_bytes = 0;      // that were read, as they came
    bool whole = false;                // all that Content-Length promised
    bool answered = false;             // all of the answer has been sent, as far as it was to be
    std::optional<S3Refusal> refusal;  // what S3 would say against it, as far as it came
};

class StoreState {
  public:
    explicit StoreState(StoreRules rules) : rules_(std::move(rules)) {}

    void set_script(std::deque<Step> steps);
    void set_otherwise(const Step& step);
    void set_rules(const StoreRules& rules);
    StoreRules rules() const;

    // The next step, if it is about how connections begin: it is then done with.
    std::optional<Step> next_opening();
    // The next step for a request; one about a beginning stays for the next connection.
    Step next_step();
    std::size_t steps_left() const;

    // Notes a request, and what becomes of it. `refusal` is never taken back.
    std::size_t begin_request(int connection, const RequestHead& head);
    void add_bytes(std::size_t request, std::uint64_t bytes);
    void set_whole(std::size_t request);
    void set_answered(std::size_t request);
    void set_refusal(std::size_t request, const std::optional<S3Refusal>& refusal);
    std::vector<SeenRequest> requests() const;

    // Why it is not stored: `only_new`, and there is one.
    std::optional<S3Refusal> put(const std::string& name, const StoredObject& object,
                                 bool only_new);
    std::optional<StoredObject> find(const std::string& name) const;
    void remove(const std::string& name);
    std::map<std::string, StoredObject> objects() const;

    // Stalls. go_on() ends those that have begun.
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
