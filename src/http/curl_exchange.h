// One request in progress in libcurl: the state of its callbacks.
// Part of curl_client; nothing else includes it.
#pragma once

#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>

#include "http/http_client.h"
#include "http/libcurl.h"

namespace s3drop {

// The callbacks are called from C, so no exception leaves them: it is kept in `thrown`, and
// CurlClient::send() rethrows it after libcurl has returned.
struct Exchange {
    using Time = std::chrono::steady_clock::time_point;

    Exchange(const HttpRequest& sent, std::chrono::seconds usual_timeout)
        : request(sent), timeout(sent.timeout.value_or(usual_timeout)) {}

    const HttpRequest& request;
    std::chrono::seconds timeout;  // of no progress, and of the whole response
    std::uint64_t position = 0;    // in the request's body
    curl_off_t moved = 0;          // bytes in both directions so far; moved_at: when that changed
    Time moved_at = std::chrono::steady_clock::now();
    std::optional<Time> response_began;
    std::size_t header_bytes = 0;
    bool headers_ended = false;  // the blank line has come
    HttpResponse response;
    std::exception_ptr thrown;
};

// A libcurl handle, and the library it belongs to. Both are borrowed.
struct Transfer {
    const Libcurl& curl;
    CURL* handle;

    template <class Value>
    void set(CURLoption option, Value value) const {
        const CURLcode code = curl.easy_setopt(handle, option, value);
        if (code != CURLE_OK) throw std::runtime_error(curl.easy_strerror(code));
    }

    // A property of the transfer; Value() if libcurl does not know it.
    template <class Value>
    Value info(CURLINFO which) const {
        Value value{};
        return curl.easy_getinfo(handle, which, &value) == CURLE_OK ? value : Value{};
    }
};

// Makes libcurl read the request's body, store the response, and check for stalls, all through
// `exchange`, which must outlive the transfer.
void set_callbacks(const Transfer& transfer, Exchange& exchange);

}  // namespace s3drop
