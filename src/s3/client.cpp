#include "s3/client.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/hex.h"
#include "base/text.h"

namespace s3drop {

namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t longest_reason = 1500;  // fits a whole object key

// The key of Learned::redirects.
std::string redirect_id(const Destination& destination) {
    return destination.address.authority + " " + destination.bucket;
}

// Limits the memory that a map takes: forms may name many hosts if UPLOAD_HOSTS allows them.
template <typename Learned>
void make_room(Learned& learned) {
    constexpr std::size_t most = 100;
    if (learned.size() >= most) learned.clear();
}

void read_to_its_end(const Payload& payload) {
    std::array<char, 1> last{};
    if (payload.size > 0) payload.read(payload.size - 1, last);
}

}  // namespace

bool can_send_unhashed(const Access& access, const Learned& learned,
                       const Destination& destination) {
    switch (access.payload) {
        case PayloadSigning::automatic:
        case PayloadSigning::none:
            return destination.address.url.starts_with("https:");
        case PayloadSigning::chunks:
            return !learned.whole_only.contains(destination.address.authority);
        case PayloadSigning::whole:
            break;
    }
    return false;
}

std::variant<HttpResponse, Refusal> send_once(HttpClient& http, const Access& access,
                                              const Destination& destination, const Call& call,
                                              std::chrono::system_clock::time_point now,
                                              PayloadSigning signing) {
    try {
        HttpResponse response = http.send(signed_request(access, destination, call, signing, now));
        if (response.status < 200 || response.status > 299)
            return refusal_of(call, destination, response);
        if (response.cut_short && call.max_response_body)
            return not_s3(call, destination, response, "with a longer body than expected");
        return response;
    } catch (const TransportError& error) {
        return no_response(call, destination, error);
    }
}

Client::Client(const World& world, const Access& access, const Destination& destination)
    : world_(world), access_(access), original_(destination), current_(destination) {
    const auto known = world.learned.redirects.find(redirect_id(destination));
    if (known == world.learned.redirects.end()) return;
    current_ = redirected(access, destination, known->second.host, known->second.region)
                   .value_or(destination);
}

std::variant<HttpResponse, Refusal> Client::send(Call call, Attempts& attempts) {
    for (;;) {
        ++attempts.count;
        const PayloadSigning how = signing(call);
        auto result = send_once(world_.s3, access_, current_, call, now(), how);
        const auto* refusal = std::get_if<Refusal>(&result);
        const bool resent = refusal ? refusal->resent : std::get<HttpResponse>(result).resent;
        attempts.may_have_worked = attempts.may_have_worked || resent;
        attempts.lost_response = attempts.lost_response || resent;
        if (!refusal) return result;
        if (!remedied(*refusal, call, attempts)) {
            if (refusal->failure.status != Status::conflict) forget_redirect();
            return result;
        }
        attempts.may_have_worked = attempts.may_have_worked || refusal->may_have_worked;
        attempts.lost_response =
            attempts.lost_response || (refusal->may_have_worked && !refusal->responded());
    }
}

void Client::forget_redirect() {
    world_.learned.redirects.erase(redirect_id(original_));
}

std::chrono::system_clock::time_point Client::now() const {
    const auto offset = world_.learned.clock_offsets.find(current_.address.authority);
    return world_.now() +
           (offset == world_.learned.clock_offsets.end() ? seconds(0) : offset->second);
}

PayloadSigning Client::signing(Call& call) const {
    Payload& payload = call.payload;
    if (payload.size == 0 || !payload.hash.empty()) return PayloadSigning::whole;
    if (access_.payload != PayloadSigning::chunks) return PayloadSigning::none;
    if (!world_.learned.whole_only.contains(current_.address.authority))
        return PayloadSigning::chunks;
    payload.hash = sha256_of(payload);
    return PayloadSigning::whole;
}

bool Client::remedied(const Refusal& refusal, Call& call, const Attempts& attempts) {
    if (attempts.may_have_worked && refusal.is_in_progress())
        return wait_for_retry(refusal, call, attempts);
    switch (refusal.remedy) {
        case Remedy::none:
            return false;
        case Remedy::retry:
            return wait_for_retry(refusal, call, attempts);
        case Remedy::set_clock:
            return !std::exchange(clock_set_, true) && set_clock(refusal);
        case Remedy::follow_redirect:
            return !std::exchange(followed_redirect_, true) && follow_redirect(refusal);
        case Remedy::sign_whole:
            return sign_whole(call);
    }
    return false;
}

bool Client::set_clock(const Refusal& refusal) {
    make_room(world_.learned.clock_offsets);
    world_.learned.clock_offsets[current_.address.authority] =
        duration_cast<seconds>(*refusal.s3_time - world_.now());
    return true;
}

bool Client::follow_redirect(const Refusal& refusal) {
    auto changed = redirected(access_, current_, refusal.host, refusal.region);
    if (!changed) return false;
    if (!refusal.temporary) {
        make_room(world_.learned.redirects);
        world_.learned.redirects[redirect_id(original_)] = {refusal.host, refusal.region};
    }
    current_ = std::move(*changed);
    return true;
}

bool Client::sign_whole(const Call& call) {
    if (!call.payload.hash.empty() || access_.payload != PayloadSigning::chunks) return false;
    make_room(world_.learned.whole_only);
    return world_.learned.whole_only.insert(current_.address.authority).second;
}

bool Client::wait_for_retry(const Refusal& refusal, const Call& call, const Attempts& attempts) {
    if (attempts.count >= access_.attempts) return false;
    const milliseconds pause = std::max<milliseconds>(jittered(attempts), refusal.retry_after);
    if (waited_ + pause > access_.timeout) return false;
    waited_ += pause;
    read_to_its_end(call.payload);
    world_.log("upload.fcgi: " + call.method + " " + std::to_string(attempts.count) + " of " +
               std::to_string(access_.attempts) + " failed, retrying in " +
               std::to_string(pause.count()) +
               " ms: " + printable(refusal.failure.private_detail, longest_reason));
    world_.wait(pause);
    return true;
}

// A random time from 0 to 0.5, 1, 2, 4 … 20 seconds.
milliseconds Client::jittered(const Attempts& attempts) const {
    constexpr milliseconds first{500};
    constexpr milliseconds longest{20'000};
    const milliseconds ceiling = std::min(first * (1 << (attempts.count - 1)), longest);
    const auto drawn = parse_hex(world_.random_hex().substr(0, 4)).value();
    return ceiling * drawn / 0xFFFF;
}

}  // namespace s3drop
