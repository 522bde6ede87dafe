// One request under way in libcurl: what its callbacks work on, and what they make of the traffic.
// A part of curl_client; nothing else includes it.
#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>

#include "http/http_client.h"
#include "http/libcurl.h"

namespace s3drop {

// The callbacks are called by C, so no exception leaves them: it is kept in `thrown`, and
// CurlClient::send() throws it once libcurl has returned.
struct Exchange {
    using Time = std::chrono::steady_clock::time_point;

    Exchange(const HttpRequest& sent, std::chrono::seconds usual_timeout)
        : request(sent), timeout(sent.timeout.value_or(usual_timeout)) {}

    const HttpRequest& request;
    std::chrono::seconds timeout;  // without progress, and for the whole response
    std::uint64_t position = 0;    // in the request's body
    curl_off_t moved = 0;          // bytes in both directions so far, and when the last one moved
    Time moved_at = std::chrono::steady_clock::now();
    std::optional<Time> answer_began;
    std::size_t header_bytes = 0;
    bool headers_ended = false;  // with their blank line
    HttpResponse response;
    std::exception_ptr thrown;
};

// A handle, and the library that it is one of. Both are borrowed.
struct Transfer {
    const Libcurl& curl;
    CURL* handle;

    template <class Value>
    void set(CURLoption option, Value value) const {
        const CURLcode code = curl.easy_setopt(handle, option, value);
        if (code != CURLE_OK) throw std::runtime_error(curl.easy_strerror(code));
    }

    // What there is to know of it; Value() where libcurl does not know it.
    template <class Value>
    Value info(CURLINFO which) const {
        Value value{};
        return curl.easy_getinfo(handle, which, &value) == CURLE_OK ? value : Value{};
    }
};

// Has libcurl read the request's body, give the response and look for stalls through `exchange`,
// which outlives the transfer.
void set_callbacks(const Transfer& transfer, Exchange& exchange);

}  // namespace s3drop
