// CannedAnswers of a store, one for each request in turn, for tests without sockets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "unit/fakes.h"

namespace s3drop::test {

struct CannedAnswer {
    HttpResponse response = {};
    std::optional<TransportError> instead = {};  // no answer comes, but this
};
using CannedAnswers = std::vector<CannedAnswer>;

CannedAnswer stored();
CannedAnswer error(int status, const std::string& code, Headers headers = {});
CannedAnswer broken(TransportError::Kind kind);
CannedAnswer broken_in_the_middle();
CannedAnswer head(std::uint64_t size, const std::string& etag);

struct AnswersInTurn {
    // The last one is given again and again. Throws where it is a TransportError.
    HttpResponse next(const FakeClient::Sent& sent);

    CannedAnswers in_turn;
    std::size_t given = 0;
};

}  // namespace s3drop::test
