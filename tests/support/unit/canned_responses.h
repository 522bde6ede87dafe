// CannedResponses of a store, one for each request in turn, for tests without sockets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "s3/client.h"
#include "s3/world.h"
#include "unit/canned_upload.h"
#include "unit/fakes.h"

namespace s3drop::test {

struct CannedResponse {
    HttpResponse response = {};
    std::optional<TransportError> instead = {};  // no answer comes, but this
};
using CannedResponses = std::vector<CannedResponse>;

CannedResponse stored();
CannedResponse error(int status, const std::string& code, Headers headers = {});
CannedResponse broken(TransportError::Kind kind);
CannedResponse broken_in_the_middle();
CannedResponse head(std::uint64_t size, const std::string& etag);

struct ResponsesInTurn {
    // The last one is given again and again. Throws where it is a TransportError.
    HttpResponse next(const FakeClient::Sent& sent);

    CannedResponses in_turn;
    std::size_t given = 0;
};

// A store that gives these responses in turn, and all that a client of it needs: hosts below
// .example are allowed, time stands still, waits are only noted.
struct CannedStore {
    explicit CannedStore(CannedResponses in_turn);
    CannedStore(const CannedStore&) = delete;
    CannedStore& operator=(const CannedStore&) = delete;

    // Refers to the store, which outlives it.
    const World& world() const { return world_; }

    Destination destination = canned_destination();
    Settings settings = canned_settings();
    ResponsesInTurn responses;
    FakeClient http;
    Learned learned;
    char random = 'f';
    std::vector<long> waits;  // milliseconds
    std::vector<std::string> log;
    Attempts attempts;

  private:
    World world_;
};

}  // namespace s3drop::test
