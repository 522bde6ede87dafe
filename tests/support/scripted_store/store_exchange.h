// One request to a ScriptedStore and the answer, done as its Step says.
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
    // The head has been read; the body is still to come. All of these outlive this.
    StoreExchange(Wire& wire, StoreState& state, int connection, const RequestHead& head, bool tls);

    // Whether the connection is good for another request.
    bool run();

  private:
    bool refuse_at_once();
    bool waits_in_vain() const;
    void invite();
    bool read_until(std::uint64_t position);
    Answer s3_answer();
    Answer answer_to_head();
    bool send(const Answer& answer);
    bool send_bytes(const Answer& answer, std::string bytes);
    bool rest();

    Wire& wire_;
    StoreState& state_;
    const RequestHead& head_;
    Step step_;
    S3Judge judge_;
    std::size_t number_;  // of the request, in the state's record
    std::uint64_t length_;
    std::uint64_t received_ = 0;
    bool invited_ = false;
    bool finished_ = false;
    std::optional<Answer> said_;  // what S3 says: asked twice, it stores but once
};

// Does with the connection what is said; whether it can still be used. Stalls end with
// StoreState::go_on(), or with the connection.
bool carry_out(Do what, Wire& wire, StoreState& state);

}  // namespace s3drop::test
