// A store with canned responses, one for each request in turn, for tests without sockets.
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
    std::optional<TransportError> instead = {};  // thrown instead of a response
};
using CannedResponses = std::vector<CannedResponse>;

CannedResponse stored();
CannedResponse error(int status, const std::string& code, Headers headers = {});
CannedResponse broken(TransportError::Kind kind);
CannedResponse broken_mid_body();
CannedResponse head(std::uint64_t size, const std::string& etag);

// The refusal, or its failure, in a response to the PUT of canned_destination(). The test fails if
// there is none.
Refusal refusal_after(const HttpResponse& response);
Failure failure_after(const HttpResponse& response);

struct ResponsesInTurn {
    // Returns the next response; after the last one, the last one again. Throws it if it is a
    // TransportError.
    HttpResponse next(const FakeClient::Sent& sent);

    CannedResponses in_turn;
    std::size_t given = 0;
};

// A store that gives these responses in turn, and everything that a client of it needs: hosts below
// .example are allowed, the clock stands still, and waits are only recorded.
struct CannedStore {
    explicit CannedStore(CannedResponses in_turn);
    CannedStore(const CannedStore&) = delete;
    CannedStore& operator=(const CannedStore&) = delete;

    // Refers to this object, which must outlive it.
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
