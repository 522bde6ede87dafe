#include "unit/canned_responses.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace s3drop::test {

CannedResponse stored() {
    return {.response = {.status = 200, .headers = {{"ETag", "\"etag\""}}, .body = ""}};
}

CannedResponse error(int status, const std::string& code, Headers headers) {
    return {.response = {.status = status,
                         .headers = std::move(headers),
                         .body = "<Error><Code>" + code + "</Code></Error>"}};
}

CannedResponse broken(TransportError::Kind kind) {
    return {.instead = TransportError(kind, "the connection")};
}

CannedResponse broken_mid_body() {
    return {.instead = TransportError(TransportError::Kind::broken, "the connection", false)};
}

CannedResponse head(std::uint64_t size, const std::string& etag) {
    return {.response = {
                .status = 200,
                .headers = {{"Content-Length", std::to_string(size)}, {"ETag", '"' + etag + '"'}},
                .body = ""}};
}

HttpResponse ResponsesInTurn::next(const FakeClient::Sent&) {
    const CannedResponse& canned = in_turn.at(std::min(given++, in_turn.size() - 1));
    if (canned.instead) throw TransportError(*canned.instead);
    return canned.response;
}

Refusal refusal_after(const HttpResponse& response) {
    const auto result = result_of_put(response, canned_destination());
    BOOST_REQUIRE(std::holds_alternative<Refusal>(result));
    return std::get<Refusal>(result);
}

Failure failure_after(const HttpResponse& response) {
    return refusal_after(response).failure;
}

CannedStore::CannedStore(CannedResponses in_turn)
    : world_{.s3 = http,
             .learned = learned,
             .now = [] { return canned_time(); },
             .wait = [this](std::chrono::milliseconds time) { waits.push_back(time.count()); },
             .random_hex = [this] { return std::string(32, random); },
             .log = [this](std::string_view line) { log.emplace_back(line); }} {
    responses.in_turn = std::move(in_turn);
    http.respond = [this](const auto& sent) { return responses.next(sent); };
    settings.access.hosts = {{"*.example", "9000"}};
}

}  // namespace s3drop::test
