// Answers of a store, one for each request in turn, for tests without sockets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fakes.h"

namespace s3drop::test {

struct Answer {
    HttpResponse response = {};
    std::optional<TransportError> instead = {};  // no answer comes, but this
};
using Answers = std::vector<Answer>;

Answer stored();
Answer error(int status, const std::string& code, Headers headers = {});
Answer broken(TransportError::Kind kind);
Answer head(std::uint64_t size, const std::string& etag);

struct ScriptedAnswers {
    // The last one is given again and again. Throws where it is a TransportError.
    HttpResponse next(const FakeClient::Sent& sent);

    Answers in_turn;
    std::size_t given = 0;
};

}  // namespace s3drop::test
