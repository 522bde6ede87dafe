#include "scripted_store/store_state.h"

#include <utility>

namespace s3drop::test {

void StoreState::set_script(std::deque<Step> steps) {
    const std::lock_guard lock(mutex_);
    script_ = std::move(steps);
}

void StoreState::set_otherwise(const Step& step) {
    const std::lock_guard lock(mutex_);
    otherwise_ = step;
}

void StoreState::set_rules(const StoreRules& rules) {
    const std::lock_guard lock(mutex_);
    rules_ = rules;
}

StoreRules StoreState::rules() const {
    const std::lock_guard lock(mutex_);
    return rules_;
}

std::optional<Step> StoreState::next_opening() {
    const std::lock_guard lock(mutex_);
    const Step& next = script_.empty() ? otherwise_ : script_.front();
    if (!next.is_opening()) return std::nullopt;
    const Step step = next;
    if (!script_.empty()) script_.pop_front();
    return step;
}

Step StoreState::next_step() {
    const std::lock_guard lock(mutex_);
    if (script_.empty()) return otherwise_;
    if (script_.front().is_opening()) return {};
    const Step step = std::move(script_.front());
    script_.pop_front();
    return step;
}

std::size_t StoreState::steps_left() const {
    const std::lock_guard lock(mutex_);
    return script_.size();
}

std::size_t StoreState::begin_request(int connection, const RequestHead& head) {
    const std::lock_guard lock(mutex_);
    requests_.push_back({.connection = connection, .head = head, .refusal = {}});
    return requests_.size() - 1;
}

void StoreState::add_bytes(std::size_t request, std::uint64_t bytes) {
    const std::lock_guard lock(mutex_);
    requests_[request].body_bytes += bytes;
}

void StoreState::set_whole(std::size_t request) {
    const std::lock_guard lock(mutex_);
    requests_[request].whole = true;
}

void StoreState::set_responded(std::size_t request) {
    const std::lock_guard lock(mutex_);
    requests_[request].responded = true;
}

void StoreState::set_refusal(std::size_t request, const std::optional<S3Refusal>& refusal) {
    const std::lock_guard lock(mutex_);
    if (!requests_[request].refusal) requests_[request].refusal = refusal;
}

std::vector<SeenRequest> StoreState::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::optional<S3Refusal> StoreState::put(const std::string& name, const StoredObject& object,
                                         bool only_new) {
    const std::lock_guard lock(mutex_);
    if (only_new && objects_.contains(name)) {
        return S3Refusal{.status = 412,
                         .code = "PreconditionFailed",
                         .message = "At least one of the pre-conditions you specified did not hold",
                         .details = {{"Condition", "If-None-Match"}},
                         .circumstance = true};
    }
    objects_[name] = object;
    return std::nullopt;
}

std::optional<StoredObject> StoreState::find(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const auto found = objects_.find(name);
    if (found == objects_.end()) return std::nullopt;
    return found->second;
}

void StoreState::remove(const std::string& name) {
    const std::lock_guard lock(mutex_);
    objects_.erase(name);
}

std::map<std::string, StoredObject> StoreState::objects() const {
    const std::lock_guard lock(mutex_);
    return objects_;
}

int StoreState::begin_stall() {
    const std::lock_guard lock(mutex_);
    ++stalled_;
    return times_gone_on_;
}

bool StoreState::goes_on(int stall) const {
    const std::lock_guard lock(mutex_);
    return times_gone_on_ != stall;
}

void StoreState::end_stall() {
    const std::lock_guard lock(mutex_);
    --stalled_;
}

std::size_t StoreState::stalled() const {
    const std::lock_guard lock(mutex_);
    return stalled_;
}

void StoreState::go_on() {
    const std::lock_guard lock(mutex_);
    ++times_gone_on_;
}

}  // namespace s3drop::test
