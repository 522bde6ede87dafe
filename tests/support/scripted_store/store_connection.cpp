#include "scripted_store/store_connection.h"

#include "scripted_store/s3_responses.h"
#include "scripted_store/store_exchange.h"

namespace s3drop::test {

namespace {

constexpr const char* here = "IP:127.0.0.1,DNS:localhost,DNS:bucket.localhost";

// A record with a fatal alert, handshake_failure (RFC 8446 section 6).
constexpr std::string_view alert("\x15\x03\x03\x00\x02\x02\x28", 7);

// Begins the connection as the step says. Returns whether a request can follow.
bool open_as(const Step& step, Wire& wire, StoreState& state, const StoreIdentities* identities) {
    SSL_CTX* context = identities ? identities->context(step.certified) : nullptr;
    switch (step.opening) {
        case Opening::serve:
            break;
        case Opening::close:
            return carry_out(Do::close, wire, state);
        case Opening::reset:
            return carry_out(Do::reset, wire, state);
        case Opening::stall:
            if (!carry_out(Do::stall, wire, state)) return false;
            break;
        case Opening::greet:
            wire.write("220 standin.example ESMTP\r\n");
            return carry_out(Do::close, wire, state);
        case Opening::half_handshake:
            wire.half_handshake(context);
            carry_out(step.then == Do::go_on ? Do::truncate : step.then, wire, state);
            return false;
        case Opening::alert:
            wire.write(alert);
            return carry_out(Do::close, wire, state);
        case Opening::close_after_handshake:
            return wire.handshake(context) && carry_out(Do::close, wire, state);
    }
    return context == nullptr || wire.handshake(context);
}

// Records a malformed request and responds with 400.
void refuse_head(Wire& wire, StoreState& state, int connection, const std::string& text) {
    const std::size_t number = state.begin_request(connection, {});
    state.set_refusal(number, S3Refusal{.status = 400,
                                        .code = "BadRequest",
                                        .message = text.substr(0, text.find("\r\n"))});
    wire.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    wire.close();
}

}  // namespace

StoreIdentities::StoreIdentities()
    : proper("stand-in", here, TlsIdentity::Validity::now),
      stranger("stranger", here, TlsIdentity::Validity::now),
      other_name("other", "DNS:other.example", TlsIdentity::Validity::now),
      expired("expired", here, TlsIdentity::Validity::past) {}

SSL_CTX* StoreIdentities::context(Certified certified) const {
    switch (certified) {
        case Certified::properly:
            break;
        case Certified::by_stranger:
            return stranger.context();
        case Certified::other_name:
            return other_name.context();
        case Certified::expired:
            return expired.context();
    }
    return proper.context();
}

std::string StoreIdentities::authorities() const {
    return proper.pem() + other_name.pem() + expired.pem();
}

void serve_connection(Wire& wire, StoreState& state, int number,
                      const StoreIdentities* identities) {
    const Step opening = state.next_opening().value_or(Step());
    if (!open_as(opening, wire, state, identities)) return;
    while (const auto text = wire.read_head()) {
        const auto head = parse_head(std::string_view(*text).substr(0, text->size() - 2));
        if (!head) return refuse_head(wire, state, number, *text);
        if (!StoreExchange(wire, state, number, *head, identities != nullptr).run()) return;
    }
}

}  // namespace s3drop::test
