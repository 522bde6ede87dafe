#include "unit/canned_answers.h"

#include <algorithm>

namespace s3drop::test {

CannedAnswer stored() {
    return {.response = {.status = 200, .headers = {{"ETag", "\"etag\""}}, .body = ""}};
}

CannedAnswer error(int status, const std::string& code, Headers headers) {
    return {.response = {.status = status,
                         .headers = std::move(headers),
                         .body = "<Error><Code>" + code + "</Code></Error>"}};
}

CannedAnswer broken(TransportError::Kind kind) {
    return {.instead = TransportError(kind, "the line")};
}

CannedAnswer broken_in_the_middle() {
    return {.instead = TransportError(TransportError::Kind::broken, "the line", false)};
}

CannedAnswer head(std::uint64_t size, const std::string& etag) {
    return {.response = {
                .status = 200,
                .headers = {{"Content-Length", std::to_string(size)}, {"ETag", '"' + etag + '"'}},
                .body = ""}};
}

HttpResponse AnswersInTurn::next(const FakeClient::Sent&) {
    const CannedAnswer& answer = in_turn.at(std::min(given++, in_turn.size() - 1));
    if (answer.instead) throw TransportError(*answer.instead);
    return answer.response;
}

}  // namespace s3drop::test
