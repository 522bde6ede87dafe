#include "scripted_store/store_exchange.h"

#include <algorithm>
#include <ctime>

#include "base/text.h"
#include "scripted_store/s3_responses.h"

namespace s3drop::test {

namespace {

// As in RFC 9110 section 5.6.7: Sun, 06 Nov 1994 08:49:37 GMT.
std::string http_date(std::chrono::system_clock::time_point time) {
    const time_t seconds = std::chrono::system_clock::to_time_t(time);
    tm utc{};
    gmtime_r(&seconds, &utc);
    std::string text(64, '\0');
    text.resize(strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc));
    return text;
}

bool has_header(const ScriptedResponse& response, std::string_view wanted) {
    return std::any_of(
        response.headers.begin(), response.headers.end(),
        [&](const NameValue& header) { return equal_ignoring_case(header.name, wanted); });
}

std::string text_of_response(const ScriptedResponse& response, const RequestHead& request,
                             std::chrono::system_clock::time_point now) {
    if (response.raw) return *response.raw;
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " As Scripted\r\n";
    Headers headers = response.headers;
    if (!has_header(response, "Date")) headers.push_back({"Date", http_date(now)});
    headers.push_back({"Server", "stand-in"});
    headers.push_back({"x-amz-request-id", "STANDIN"});
    if (!has_header(response, "Content-Length") && !has_header(response, "Transfer-Encoding") &&
        response.status != 204 && response.endless.empty()) {
        headers.push_back({"Content-Length", std::to_string(response.body.size())});
    }
    for (const auto& [name, value] : headers)
        text += name + ": " + value + "\r\n";
    return text + "\r\n" + (request.method == "HEAD" ? "" : response.body);
}

Do end_of(const ScriptedResponse& response) {
    const bool unfinished = response.raw || response.cut != all_of_it || !response.endless.empty();
    return response.then.value_or(unfinished ? Do::close : Do::go_on);
}

}  // namespace

bool carry_out(Do what, Wire& wire, StoreState& state) {
    switch (what) {
        case Do::go_on:
            return true;
        case Do::close:
            wire.close();
            return false;
        case Do::truncate:
            wire.truncate();
            return false;
        case Do::reset:
            wire.reset();
            return false;
        case Do::stall:
            break;
    }
    const int stall = state.begin_stall();
    bool ended = false;
    while (!ended && !state.goes_on(stall))
        ended = wire.ends_within(std::chrono::milliseconds(10));
    state.end_stall();
    return !ended;
}

StoreExchange::StoreExchange(Wire& wire, StoreState& state, int connection, const RequestHead& head,
                             bool tls)
    : wire_(wire),
      state_(state),
      head_(head),
      step_(state.next_step()),
      judge_(head, state.rules(), tls),
      number_(state.begin_request(connection, head)),
      length_(head.length().value_or(0)) {
    state_.set_refusal(number_, judge_.refusal());
}

bool StoreExchange::run() {
    if (refuse_at_once()) return false;
    if (step_.invite == Continue::always) invite();
    if (!read_until(std::min(step_.after, length_))) return false;
    if (step_.stores && finished_) s3_response();
    if (!carry_out(step_.then, wire_, state_)) return false;
    if (!step_.response.is_scripted() && !read_until(length_)) return false;
    if (!send(step_.response) || !rest()) return false;
    if (!equal_ignoring_case(head_.header("Connection"), "close")) return true;
    wire_.close();
    return false;
}

// As S3 does if the client waits for 100 Continue.
bool StoreExchange::refuse_at_once() {
    const bool unscripted = step_.after == all_of_it && step_.then == Do::go_on &&
                            step_.invite == Continue::as_asked && !step_.response.is_scripted();
    if (!unscripted || !judge_.refusal() || !head_.has("Expect")) return false;
    ScriptedResponse response = refusal_response(*judge_.refusal(), {{"Connection", "close"}});
    response.then = Do::close;
    send(response);
    return true;
}

bool StoreExchange::withholds_body() const {
    return received_ < length_ && head_.has("Expect") && !invited_;
}

void StoreExchange::invite() {
    if (!invited_) wire_.write("HTTP/1.1 100 Continue\r\n\r\n");
    invited_ = true;
}

bool StoreExchange::read_until(std::uint64_t position) {
    if (received_ < position && head_.has("Expect") && step_.invite != Continue::never) invite();
    while (received_ < position) {
        const std::string_view block = wire_.read_some(position - received_);
        if (block.empty()) return false;
        judge_.body(block);
        received_ += block.size();
        state_.add_bytes(number_, block.size());
    }
    if (received_ == length_ && !finished_) {
        finished_ = true;
        judge_.finish();
        state_.set_whole(number_);
        state_.set_refusal(number_, judge_.refusal());
    }
    return true;
}

ScriptedResponse StoreExchange::s3_response() {
    if (!s3_response_)
        s3_response_ = judge_.refusal() ? refusal_response(*judge_.refusal()) : execute();
    return *s3_response_;
}

ScriptedResponse StoreExchange::execute() {
    const std::string name = object_name(head_);
    if (head_.method == "DELETE") {
        state_.remove(name);
        return {.status = 204};
    }
    if (head_.method == "HEAD") {
        const auto object = state_.find(name);
        if (!object) return error_response(404, "NoSuchKey");
        return {.status = 200,
                .headers = {{"ETag", "\"" + object->etag + "\""},
                            {"Content-Length", std::to_string(object->size)}}};
    }
    const StoredObject object = judge_.object();
    const auto refusal = state_.put(name, object, head_.has("If-None-Match"));
    if (refusal) return refusal_response(*refusal);
    return {.status = 200, .headers = {{"ETag", "\"" + object.etag + "\""}}};
}

// The step's way of sending (`cut`, `write_size`, ...) applies to S3's own response too.
bool StoreExchange::send(const ScriptedResponse& response) {
    ScriptedResponse sent = response;
    if (!response.is_scripted()) {
        const ScriptedResponse own = s3_response();
        sent.status = own.status;
        sent.headers.insert(sent.headers.begin(), own.headers.begin(), own.headers.end());
        sent.body = own.body;
    }
    if (withholds_body() && step_.rest == Rest::read)
        sent.headers.push_back({"Connection", "close"});
    const std::string once = text_of_response(sent, head_, state_.rules().now());
    std::string bytes;
    for (int time = 0; time < sent.times; ++time)
        bytes += once;
    bytes.resize(std::min<std::uint64_t>(sent.cut, bytes.size()));
    if (!send_bytes(sent, std::move(bytes))) return false;
    state_.set_responded(number_);
    return carry_out(end_of(sent), wire_, state_);
}

bool StoreExchange::send_bytes(const ScriptedResponse& response, std::string bytes) {
    const std::size_t block = response.write_size == 0 ? bytes.size() : response.write_size;
    for (std::size_t at = 0; at < bytes.size(); at += block) {
        if (at > 0 && response.pause.count() > 0 && wire_.ends_within(response.pause)) return false;
        if (!wire_.write(std::string_view(bytes).substr(at, block))) return false;
    }
    if (response.endless.empty()) return true;
    for (std::uint64_t sent = 0; sent < response.endless_limit; sent += response.endless.size()) {
        if (!wire_.write(response.endless)) return false;
    }
    return true;
}

// Handles the rest of the body if the response was sent before its end. If the client waited for
// 100 Continue, it does not send the body, and what comes next may be another request. Ending the
// connection avoids the ambiguity.
bool StoreExchange::rest() {
    if (received_ == length_) return true;
    if (step_.rest == Rest::leave) carry_out(Do::stall, wire_, state_);
    if (step_.rest != Rest::read) return false;
    if (!withholds_body()) return read_until(length_);
    wire_.close();
    return false;
}

}  // namespace s3drop::test
