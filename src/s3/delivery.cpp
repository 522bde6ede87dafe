#include "s3/delivery.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/hex.h"
#include "base/text.h"
#include "s3/s3_put.h"

namespace s3drop {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t longest_reason = 1500;  // with a whole key

std::string place_id(const Destination& to) {
    return to.address.authority + " " + to.bucket;
}

// Forms may name many hosts, where UPLOAD_HOSTS lets them.
template <typename Learned>
void make_room(Learned& learned) {
    constexpr std::size_t most = 100;
    if (learned.size() >= most) learned.clear();
}

// What one delivery has been through so far.
class Delivery {
  public:
    Delivery(const World& world, const Settings& settings, const Destination& to, Payload payload,
             int& attempts)
        : world_(world),
          settings_(settings),
          asked_(to),
          to_(to),
          payload_(std::move(payload)),
          attempts_(attempts) {
        const auto known = world.learned.moved.find(place_id(to));
        if (known == world.learned.moved.end()) return;
        to_ = moved(settings, to, known->second.host, known->second.region).value_or(to);
    }

    Stored run() {
        try {
            return attempt_all();
        } catch (const Failure& failure) {
            if (!lost_answer_ || failure.status != Status::insufficient_storage) throw;
            throw Failure(Status::bad_gateway,
                          "The connection to S3 broke, and there was no room to keep the upload to "
                          "be sent again. Nobody can tell whether it is stored.",
                          failure.private_detail);
        }
    }

  private:
    Stored attempt_all() {
        for (;;) {
            ++attempts_;
            PutResult result = put(world_.s3, settings_, to_, payload_, signing(), now());
            if (const auto* stored = std::get_if<Stored>(&result)) return *stored;
            const auto& refusal = std::get<Refusal>(result);
            may_be_stored_ = may_be_stored_ || refusal.resent;
            lost_answer_ = lost_answer_ || refusal.resent;
            if (!remedied(refusal)) return settled(refusal);
            may_be_stored_ = may_be_stored_ || refusal.may_be_stored;
            lost_answer_ = lost_answer_ || (refusal.may_be_stored && !refusal.answered);
        }
    }

    // What is said in the end: S3's refusal, unless an earlier try of ours was stored after all.
    Stored settled(const Refusal& refusal) {
        const bool conflict = refusal.failure.status == Status::conflict;
        if (conflict ? may_be_stored_ : lost_answer_ && refusal.answered) {
            if (auto ours = find_stored(world_.s3, settings_, to_, payload_, now())) return *ours;
        }
        // Where it was sent on to may have been right for a while only.
        if (!conflict) world_.learned.moved.erase(place_id(asked_));
        throw Failure(refusal.failure);
    }

    std::chrono::system_clock::time_point now() const {
        const auto offset = world_.learned.clock_offsets.find(to_.address.authority);
        return world_.now() +
               (offset == world_.learned.clock_offsets.end() ? seconds(0) : offset->second);
    }

    PayloadSigning signing() {
        if (!payload_.hash.empty()) return PayloadSigning::whole;
        if (settings_.payload != PayloadSigning::chunks) return PayloadSigning::none;
        if (!world_.learned.whole_only.contains(to_.address.authority)) {
            return PayloadSigning::chunks;
        }
        payload_.hash = sha256_of(payload_);
        return PayloadSigning::whole;
    }

    bool remedied(const Refusal& refusal) {
        // It may be an earlier try of ours that is still under way.
        if (may_be_stored_ && refusal.is_under_way()) return wait_for_another_try(refusal);
        switch (refusal.remedy) {
            case Remedy::none:
                return false;
            case Remedy::again:
                return wait_for_another_try(refusal);
            case Remedy::set_clock:
                if (std::exchange(clock_set_, true)) return false;
                make_room(world_.learned.clock_offsets);
                world_.learned.clock_offsets[to_.address.authority] =
                    duration_cast<seconds>(*refusal.s3_time - world_.now());
                return true;
            case Remedy::go_elsewhere:
                return !std::exchange(went_elsewhere_, true) && go_elsewhere(refusal);
            case Remedy::sign_whole:
                if (!payload_.hash.empty() || settings_.payload != PayloadSigning::chunks)
                    return false;
                make_room(world_.learned.whole_only);
                return world_.learned.whole_only.insert(to_.address.authority).second;
        }
        return false;
    }

    bool go_elsewhere(const Refusal& refusal) {
        const auto place = moved(settings_, to_, refusal.host, refusal.region);
        if (!place) return false;
        if (!refusal.for_now) {
            make_room(world_.learned.moved);
            world_.learned.moved[place_id(asked_)] = {refusal.host, refusal.region};
        }
        to_ = *place;
        return true;
    }

    bool wait_for_another_try(const Refusal& refusal) {
        if (attempts_ >= settings_.attempts) return false;
        const milliseconds pause = std::max<milliseconds>(jittered(), refusal.retry_after);
        if (waited_ + pause > settings_.timeout) return false;
        waited_ += pause;
        await_payload();
        world_.log("upload.fcgi: PUT " + std::to_string(attempts_) + " of " +
                   std::to_string(settings_.attempts) + " failed, again in " +
                   std::to_string(pause.count()) +
                   " ms: " + printable(refusal.failure.private_detail, longest_reason));
        world_.wait(pause);
        return true;
    }

    // Somewhere between nothing and 0.5, 1, 2, 4 … 20 seconds.
    milliseconds jittered() const {
        constexpr milliseconds first{500};
        constexpr milliseconds longest{20'000};
        const milliseconds ceiling = std::min(first * (1 << (attempts_ - 1)), longest);
        const auto drawn = parse_hex(world_.random_hex().substr(0, 4)).value();
        return ceiling * drawn / 0xFFFF;
    }

    void await_payload() const {
        std::array<char, 1> last{};
        if (payload_.size > 0) payload_.read(payload_.size - 1, last);
    }

    const World& world_;
    const Settings& settings_;
    const Destination& asked_;
    Destination to_;
    Payload payload_;
    int& attempts_;
    bool may_be_stored_ = false;  // by a try before this one
    bool lost_answer_ = false;    // of such a try: none came
    bool clock_set_ = false;
    bool went_elsewhere_ = false;
    milliseconds waited_{0};
};

}  // namespace

bool takes_unhashed(const Settings& settings, const Learned& learned, const Destination& to) {
    switch (settings.payload) {
        case PayloadSigning::automatic:
        case PayloadSigning::none:
            return to.address.url.starts_with("https:");
        case PayloadSigning::chunks:
            return !learned.whole_only.contains(to.address.authority);
        case PayloadSigning::whole:
            break;
    }
    return false;
}

Stored deliver(const World& world, const Settings& settings, const Destination& to,
               const Payload& payload, int& attempts) {
    return Delivery(world, settings, to, payload, attempts).run();
}

}  // namespace s3drop
