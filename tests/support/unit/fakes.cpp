#include "unit/fakes.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/failure.h"
#include "base/text.h"

namespace s3drop::test {

std::string_view FakeRequest::variable(const char* name) const {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string_view() : found->second;
}

std::size_t FakeRequest::read(std::span<char> into) {
    ++reads;
    if (breaks_at && given >= *breaks_at) {
        throw Failure(Status::bad_request, "The upload broke off.");
    }
    if (breaks_at) into = into.first(std::min(into.size(), *breaks_at - given));
    if (file) {
        const ssize_t got = ::read(file->descriptor, into.data(), std::min(into.size(), per_read));
        given += static_cast<std::size_t>(got);
        return static_cast<std::size_t>(got);
    }
    const std::size_t count = std::min({into.size(), per_read, body.size() + endless - given});
    const std::size_t of_body = given < body.size() ? body.copy(into.data(), count, given) : 0;
    std::fill_n(into.data() + of_body, count - of_body, 'x');
    given += count;
    ended = ended || count == 0;
    return count;
}

std::string FakeClient::Sent::header(std::string_view name) const {
    for (const NameValue& each : request.headers) {
        if (equal_ignoring_case(each.name, name)) return each.value;
    }
    return {};
}

HttpResponse FakeClient::send(const HttpRequest& request) {
    ++begun;
    Sent exchange{request, {}};
    std::array<char, 16384> buffer{};
    const std::uint64_t wanted = takes ? takes(request) : request.body_size;
    while (exchange.body.size() < wanted) {
        const std::size_t got =
            request.body(exchange.body.size(), std::span(buffer).first(std::min<std::uint64_t>(
                                                   buffer.size(), wanted - exchange.body.size())));
        if (got == 0) throw TransportError(TransportError::Kind::broken, "the body ended early");
        exchange.body.append(buffer.data(), got);
    }
    sent.push_back(exchange);
    if (respond) return respond(exchange);
    return {.status = 200, .headers = {{"ETag", "\"etag\""}}, .body = {}};
}

}  // namespace s3drop::test
