// Handles one request to a ScriptedStore as its Step says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "scripted_store/s3_judge.h"
#include "scripted_store/store_script.h"
#include "scripted_store/store_state.h"
#include "scripted_store/wire.h"

namespace s3drop::test {

class StoreExchange {
  public:
    // The head has been read, the body has not. The references have to outlive this object.
    StoreExchange(Wire& wire, StoreState& state, int connection, const RequestHead& head, bool tls);

    // Returns whether the connection can take another request.
    bool run();

  private:
    bool refuse_at_once();
    bool withholds_body() const;
    void invite();
    bool read_until(std::uint64_t position);
    ScriptedResponse s3_response();
    ScriptedResponse execute();
    bool send(const ScriptedResponse& response);
    bool send_bytes(const ScriptedResponse& response, std::string bytes);
    bool rest();

    Wire& wire_;
    StoreState& state_;
    const RequestHead& head_;
    Step step_;
    S3Judge judge_;
    std::size_t number_;  // of the request in the StoreState
    std::uint64_t length_;
    std::uint64_t received_ = 0;
    bool invited_ = false;
    bool finished_ = false;
    std::optional<ScriptedResponse> s3_response_;  // kept, so that the request is executed once
};

// Returns whether the connection can still be used. A stall ends with StoreState::go_on(), or when
// the client ends the connection.
bool carry_out(Do what, Wire& wire, StoreState& state);

}  // namespace s3drop::test
