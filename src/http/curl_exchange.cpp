#include "http/curl_exchange.h"

#include <algorithm>

#include "base/text.h"

namespace s3drop {

namespace {

// Never more than body_size: what is beyond would be read as the connection's next request.
std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* context) noexcept {
    auto& exchange = *static_cast<Exchange*>(context);
    const std::uint64_t left = exchange.request.body_size - exchange.position;
    const std::size_t wanted = std::min<std::uint64_t>(size * count, left);
    if (wanted == 0) return 0;
    try {
        const std::size_t got = exchange.request.body(exchange.position, {buffer, wanted});
        exchange.moved_at = std::chrono::steady_clock::now();
        // Ending early would leave S3 waiting for the rest until its timeout.
        if (got == 0) return CURL_READFUNC_ABORT;
        exchange.position += got;
        return got;
    } catch (...) {
        exchange.thrown = std::current_exception();
        return CURL_READFUNC_ABORT;
    }
}

int on_seek(void* context, curl_off_t offset, int origin) noexcept {
    if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_FAIL;
    static_cast<Exchange*>(context)->position = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

// Headers of an interim response (100 Continue) go when the next status line comes.
std::size_t on_header(char* buffer, std::size_t size, std::size_t count, void* context) noexcept {
    auto& exchange = *static_cast<Exchange*>(context);
    try {
        exchange.header_bytes += size * count;
        if (exchange.header_bytes > HttpClient::max_response_headers) return 0;
        std::string_view line(buffer, size * count);
        line = line.substr(0, line.find_first_of("\r\n"));
        exchange.headers_ended = exchange.headers_ended || line.empty();
        const std::size_t colon = line.find(':');
        if (line.starts_with("HTTP/")) {
            exchange.response.headers.clear();
            exchange.headers_ended = false;
            const bool interim =
                line.substr(std::min(line.find(' '), line.size())).starts_with(" 1");
            if (!interim) exchange.answer_began = std::chrono::steady_clock::now();
        } else if (colon != std::string_view::npos) {
            exchange.response.headers.push_back(
                {std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
        }
        return size * count;
    } catch (...) {
        exchange.thrown = std::current_exception();
        return 0;
    }
}

std::size_t on_write(char* buffer, std::size_t size, std::size_t count, void* context) noexcept {
    auto& exchange = *static_cast<Exchange*>(context);
    try {
        std::string& body = exchange.response.body;
        if (size * count > exchange.request.max_response_body - body.size()) {
            exchange.response.cut_short = true;
            body.clear();
            return 0;  // ends the transfer and the connection
        }
        body.append(buffer, size * count);
        return size * count;
    } catch (...) {
        exchange.thrown = std::current_exception();
        return 0;
    }
}

// Called about once a second, and at every piece. libcurl's own LOW_SPEED options look at an
// average over several seconds and notice a stall twice as late. Nor may an answer take longer than
// a stall: one that comes byte by byte would hold the worker for hours.
int on_progress(void* context, curl_off_t, curl_off_t received, curl_off_t,
                curl_off_t sent) noexcept {
    auto& exchange = *static_cast<Exchange*>(context);
    const auto now = std::chrono::steady_clock::now();
    if (received + sent != exchange.moved) {
        exchange.moved = received + sent;
        exchange.moved_at = now;
    }
    return now - exchange.answer_began.value_or(exchange.moved_at) > exchange.timeout ? 1 : 0;
}

}  // namespace

void set_callbacks(const Transfer& transfer, Exchange& exchange) {
    transfer.set(CURLOPT_READFUNCTION, on_read);
    transfer.set(CURLOPT_READDATA, &exchange);
    transfer.set(CURLOPT_SEEKFUNCTION, on_seek);
    transfer.set(CURLOPT_SEEKDATA, &exchange);
    transfer.set(CURLOPT_NOPROGRESS, 0L);
    transfer.set(CURLOPT_XFERINFOFUNCTION, on_progress);
    transfer.set(CURLOPT_XFERINFODATA, &exchange);
    transfer.set(CURLOPT_HEADERFUNCTION, on_header);
    transfer.set(CURLOPT_HEADERDATA, &exchange);
    transfer.set(CURLOPT_WRITEFUNCTION, on_write);
    transfer.set(CURLOPT_WRITEDATA, &exchange);
}

}  // namespace s3drop
