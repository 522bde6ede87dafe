#include "s3/delivery.h"

#include <optional>

namespace s3drop {

namespace {

// The object in S3, if it is this payload: if it has the same size, and its ETag is the payload's
// MD5. Returns nullopt if there is no object, or a different one. Throws Failure(bad_gateway) if S3
// does not say.
std::optional<Stored> find_stored(Client& client, const Payload& payload) {
    const auto unknown = [](const std::string& why) {
        return Failure(
            Status::bad_gateway,
            "The connection to S3 broke, and S3 does not say whether the file is stored.", why);
    };
    Attempts attempts;
    const auto result = client.send(head_call(), attempts);
    const std::string what = "HEAD " + object_url(client.destination()) + ": ";
    if (const auto* refusal = std::get_if<Refusal>(&result)) {
        if (refusal->status == 404) return std::nullopt;
        throw unknown(refusal->failure.private_detail);
    }
    const auto& response = std::get<HttpResponse>(result);
    if (response.header("Content-Length") != std::to_string(payload.size)) return std::nullopt;
    if (etag_of(response) == md5_of(payload))
        return confirmed(response, client.destination(), payload.size);
    if (!etag_is_md5(response)) throw unknown(what + "same size, but the ETag is not an MD5");
    return std::nullopt;
}

std::variant<Stored, Refusal> put(Client& client, const Call& call, Attempts& attempts) {
    auto result = client.send(call, attempts);
    if (auto* refusal = std::get_if<Refusal>(&result)) return std::move(*refusal);
    auto meaning = meaning_of(std::get<HttpResponse>(result), call, client.destination());
    if (std::holds_alternative<Refusal>(meaning)) client.forget_redirect();
    return meaning;
}

// Whether the reason for the refusal can be that an earlier attempt has stored the object after
// all.
bool may_be_ours(const Refusal& refusal, const Attempts& attempts) {
    const bool conflict = refusal.failure.status == Status::conflict;
    return conflict ? attempts.may_have_worked : attempts.lost_response && refusal.responded();
}

Stored put_or_find(Client& client, const Call& call, Attempts& attempts) {
    auto result = put(client, call, attempts);
    if (auto* stored = std::get_if<Stored>(&result)) return std::move(*stored);
    const auto& refusal = std::get<Refusal>(result);
    if (may_be_ours(refusal, attempts)) {
        if (auto ours = find_stored(client, call.payload)) return std::move(*ours);
    }
    throw Failure(refusal.failure);
}

}  // namespace

Stored deliver(const World& world, const Access& access, const Destination& destination,
               const Payload& payload, Attempts& attempts) {
    Client client(world, access, destination);
    try {
        return put_or_find(client, put_call(access, destination, payload), attempts);
    } catch (const Failure& failure) {
        // The payload could not be read again.
        if (!attempts.lost_response || failure.status != Status::insufficient_storage) throw;
        throw Failure(Status::bad_gateway,
                      "The connection to S3 broke, and there was no space to keep the upload for a "
                      "retry. Nobody can tell whether it is stored.",
                      failure.private_detail);
    }
}

}  // namespace s3drop
