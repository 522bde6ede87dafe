#include "scripted_store/store_exchange.h"

#include <algorithm>
#include <ctime>

#include "base/text.h"
#include "scripted_store/s3_answers.h"

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

bool has_header(const Answer& answer, std::string_view wanted) {
    return std::any_of(answer.headers.begin(), answer.headers.end(), [&](const NameValue& header) {
        return equal_ignoring_case(header.name, wanted);
    });
}

std::string text_of_answer(const Answer& answer, const RequestHead& request,
                           std::chrono::system_clock::time_point now) {
    if (answer.raw) return *answer.raw;
    std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " As Scripted\r\n";
    Headers headers = answer.headers;
    if (!has_header(answer, "Date")) headers.push_back({"Date", http_date(now)});
    headers.push_back({"Server", "stand-in"});
    headers.push_back({"x-amz-request-id", "STANDIN"});
    if (!has_header(answer, "Content-Length") && !has_header(answer, "Transfer-Encoding") &&
        answer.status != 204 && answer.endless.empty()) {
        headers.push_back({"Content-Length", std::to_string(answer.body.size())});
    }
    for (const auto& [name, value] : headers)
        text += name + ": " + value + "\r\n";
    return text + "\r\n" + (request.method == "HEAD" ? "" : answer.body);
}

Do end_of(const Answer& answer) {
    const bool unfinished = answer.raw || answer.cut != all_of_it || !answer.endless.empty();
    return answer.then.value_or(unfinished ? Do::close : Do::go_on);
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
    if (step_.stores && finished_) s3_answer();
    if (!carry_out(step_.then, wire_, state_)) return false;
    if (!step_.answer.is_scripted() && !read_until(length_)) return false;
    if (!send(step_.answer) || !rest()) return false;
    if (!equal_ignoring_case(head_.header("Connection"), "close")) return true;
    wire_.close();
    return false;
}

// As S3 does where the client waits to hear whether to send the body.
bool StoreExchange::refuse_at_once() {
    const bool unscripted = step_.after == all_of_it && step_.then == Do::go_on &&
                            step_.invite == Continue::as_asked && !step_.answer.is_scripted();
    if (!unscripted || !judge_.refusal() || !head_.has("Expect")) return false;
    Answer answer = refusal_answer(*judge_.refusal(), {{"Connection", "close"}});
    answer.then = Do::close;
    send(answer);
    return true;
}

bool StoreExchange::waits_in_vain() const {
    return received_ < length_ && head_.has("Expect") && !invited_;
}

void StoreExchange::invite() {
    if (!invited_) wire_.write("HTTP/1.1 100 Continue\r\n\r\n");
    invited_ = true;
}

bool StoreExchange::read_until(std::uint64_t position) {
    if (received_ < position && head_.has("Expect") && step_.invite != Continue::never) invite();
    while (received_ < position) {
        const std::string_view piece = wire_.read_some(position - received_);
        if (piece.empty()) return false;
        judge_.body(piece);
        received_ += piece.size();
        state_.add_bytes(number_, piece.size());
    }
    if (received_ == length_ && !finished_) {
        finished_ = true;
        judge_.finish();
        state_.set_whole(number_);
        state_.set_refusal(number_, judge_.refusal());
    }
    return true;
}

Answer StoreExchange::s3_answer() {
    if (!said_) said_ = judge_.refusal() ? refusal_answer(*judge_.refusal()) : answer_to_head();
    return *said_;
}

Answer StoreExchange::answer_to_head() {
    const std::string name = object_name(head_);
    if (head_.method == "DELETE") {
        state_.remove(name);
        return {.status = 204};
    }
    if (head_.method == "HEAD") {
        const auto object = state_.find(name);
        if (!object) return error_answer(404, "NoSuchKey");
        return {.status = 200,
                .headers = {{"ETag", "\"" + object->etag + "\""},
                            {"Content-Length", std::to_string(object->size)}}};
    }
    const StoredObject object = judge_.object();
    const auto refusal = state_.put(name, object, head_.has("If-None-Match"));
    if (refusal) return refusal_answer(*refusal);
    return {.status = 200, .headers = {{"ETag", "\"" + object.etag + "\""}}};
}

// What the script says of how to send it holds for S3's own answer too.
bool StoreExchange::send(const Answer& answer) {
    Answer sent = answer;
    if (!answer.is_scripted()) {
        const Answer own = s3_answer();
        sent.status = own.status;
        sent.headers.insert(sent.headers.begin(), own.headers.begin(), own.headers.end());
        sent.body = own.body;
    }
    if (waits_in_vain() && step_.rest == Rest::read)
        sent.headers.push_back({"Connection", "close"});
    const std::string once = text_of_answer(sent, head_, state_.rules().now());
    std::string bytes;
    for (int time = 0; time < sent.times; ++time)
        bytes += once;
    bytes.resize(std::min<std::uint64_t>(sent.cut, bytes.size()));
    if (!send_bytes(sent, std::move(bytes))) return false;
    state_.set_answered(number_);
    return carry_out(end_of(sent), wire_, state_);
}

bool StoreExchange::send_bytes(const Answer& answer, std::string bytes) {
    const std::size_t piece = answer.piece == 0 ? bytes.size() : answer.piece;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        if (at > 0 && answer.pause.count() > 0 && wire_.ends_within(answer.pause)) return false;
        if (!wire_.write(std::string_view(bytes).substr(at, piece))) return false;
    }
    if (answer.endless.empty()) return true;
    for (std::uint64_t sent = 0; sent < answer.endless_most; sent += answer.endless.size()) {
        if (!wire_.write(answer.endless)) return false;
    }
    return true;
}

// Of the body, where the answer came before its end. A client that waits to hear whether to send it
// will not, so what follows may be its next request: only an end of the connection is clear.
bool StoreExchange::rest() {
    if (received_ == length_) return true;
    if (step_.rest == Rest::leave) carry_out(Do::stall, wire_, state_);
    if (step_.rest != Rest::read) return false;
    if (!waits_in_vain()) return read_until(length_);
    wire_.close();
    return false;
}

}  // namespace s3drop::test
