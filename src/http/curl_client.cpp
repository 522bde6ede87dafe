#include "http/curl_client.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "base/text.h"
#include "http/curl_exchange.h"
#include "version.h"

namespace s3drop {

namespace {

int on_debug(CURL*, curl_infotype type, char* data, std::size_t size, void* context) noexcept {
    auto& trace = *static_cast<Trace*>(context);
    try {
        switch (type) {
            case CURLINFO_HEADER_OUT:
                trace.add(Trace::Kind::request_headers, {data, size});
                break;
            case CURLINFO_DATA_OUT:
                trace.add(Trace::Kind::request_body, {data, size});
                break;
            case CURLINFO_HEADER_IN:
                trace.add(Trace::Kind::response_headers, {data, size});
                break;
            case CURLINFO_DATA_IN:
                trace.add(Trace::Kind::response_body, {data, size});
                break;
            case CURLINFO_TEXT:
                trace.add(Trace::Kind::note, {data, size});
                break;
            default:
                break;  // what TLS makes of the same bytes
        }
    } catch (const std::exception&) {
        return 0;  // out of memory: the upload matters more
    }
    return 0;
}

using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

HeaderList header_list(const Libcurl& curl, const Headers& headers) {
    HeaderList list(nullptr, curl.slist_free_all);
    const auto append = [&](const std::string& line) {
        curl_slist* longer = curl.slist_append(list.get(), line.c_str());
        if (longer == nullptr) throw std::bad_alloc();
        static_cast<void>(list.release());
        list.reset(longer);
    };
    // "Name;" is libcurl's spelling of a header without a value, "Name:" that of a header not to
    // be sent. Unless told so, it calls every small body a form's.
    bool is_typed = false;
    for (const auto& [name, value] : headers) {
        append(name + (value.empty() ? ";" : ": ") + value);
        is_typed = is_typed || equal_ignoring_case(name, "Content-Type");
    }
    if (!is_typed) append("Content-Type:");
    return list;
}

TransportError::Kind kind_of(CURLcode code) {
    switch (code) {
        case CURLE_ABORTED_BY_CALLBACK:
        case CURLE_OPERATION_TIMEDOUT:
            return TransportError::Kind::timed_out;
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_CONNECT:
            return TransportError::Kind::unreachable;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
            return TransportError::Kind::untrusted;
        default:
            return TransportError::Kind::broken;
    }
}

// A small body is given to libcurl as a form's would be: it then goes out in one piece with the
// headers, and S3 is not asked beforehand whether it wants it (100 Continue), which costs more than
// a refusal could save.
bool is_small(const HttpRequest& request) {
    constexpr std::uint64_t most = 64UL * 1024;  // libcurl's own limit for one piece
    return request.body_size > 0 && request.body_size <= most;
}

std::string whole_body(const HttpRequest& request) {
    std::string body(request.body_size, '\0');
    for (std::size_t filled = 0; filled < body.size();) {
        const std::size_t got = request.body(filled, std::span(body).subspan(filled));
        if (got == 0) throw std::runtime_error("the body ends before its size");
        filled += got;
    }
    return body;
}

// RFC 9110 section 8.6: a request of a method that is meant to have a body says so if it is empty.
bool sends_length(const HttpRequest& request) {
    return request.body_size > 0 || request.method == "PUT" || request.method == "POST";
}

// `body`: the request's if it is small, else ""; outlives the transfer.
void set_request(const Transfer& transfer, const HttpRequest& request, const std::string& body,
                 Exchange& exchange) {
    transfer.set(CURLOPT_URL, request.url.c_str());
    transfer.set(CURLOPT_PATH_AS_IS, 1L);
    transfer.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (request.method == "HEAD") {
        transfer.set(CURLOPT_NOBODY, 1L);  // CUSTOMREQUEST alone would wait for the response's
    } else if (!body.empty()) {
        transfer.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        transfer.set(CURLOPT_POSTFIELDS, body.data());
    } else if (sends_length(request)) {
        transfer.set(CURLOPT_UPLOAD, 1L);
        transfer.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.body_size));
    }
    set_callbacks(transfer, exchange);
}

// How much of a large body is read and sent at once. libcurl holds as much.
constexpr long at_once = 256L * 1024;

void set_transport(const Transfer& transfer, const CurlClient::Options& options) {
    const auto seconds = static_cast<long>(options.timeout.count());
    transfer.set(CURLOPT_NOSIGNAL, 1L);
    transfer.set(CURLOPT_UPLOAD_BUFFERSIZE, at_once);
    transfer.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    transfer.set(CURLOPT_CONNECTTIMEOUT, seconds);
    transfer.set(CURLOPT_USERAGENT, "s3drop/" S3DROP_VERSION);
    if (!options.ca_bundle.empty()) transfer.set(CURLOPT_CAINFO, options.ca_bundle.c_str());
}

// Whether the last request's connection is there and nothing has come on it since: an answer, or
// its end, answers no request to come.
bool is_connected_and_silent(const Transfer& transfer) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (transfer.curl.easy_getinfo(transfer.handle, CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK ||
        socket == CURL_SOCKET_BAD) {
        return false;
    }
    pollfd wait{.fd = socket, .events = POLLIN, .revents = 0};
    return poll(&wait, 1, 0) == 0;
}

std::string origin_of(const std::string& url) {
    return url.substr(0, url.find('/', url.find("://") + 3));
}

// Completes the response by what libcurl knows of the transfer.
void conclude(const Transfer& transfer, bool in_one_piece, bool reused, Exchange& exchange) {
    HttpResponse& response = exchange.response;
    response.status = static_cast<int>(transfer.info<long>(CURLINFO_RESPONSE_CODE));
    if (in_one_piece) {
        exchange.position =
            static_cast<std::uint64_t>(transfer.info<curl_off_t>(CURLINFO_SIZE_UPLOAD_T));
    }
    response.early = exchange.position < exchange.request.body_size;
    // Where a kept connection breaks, libcurl sends the request again on a new one, by itself.
    response.resent = reused && transfer.info<long>(CURLINFO_NUM_CONNECTS) > 0;
}

// `said`: libcurl's own words, where it has any.
void require_response(const Transfer& transfer, CURLcode code, const char* said,
                      const Exchange& exchange) {
    const HttpResponse& response = exchange.response;
    const bool all_sent = response.resent || !response.early;
    const bool cut_by_us = code == CURLE_WRITE_ERROR && response.cut_short;
    if (code != CURLE_OK && !cut_by_us) {
        const char* text = *said != '\0' ? said : transfer.curl.easy_strerror(code);
        throw TransportError(kind_of(code), text, all_sent);
    }
    // libcurl takes headers that a closed connection has cut off for all there are.
    if (!exchange.headers_ended) {
        throw TransportError(TransportError::Kind::broken, "the answer broke off in its headers",
                             all_sent);
    }
}

}  // namespace

CurlClient::CurlClient(Options options)
    : options_(std::move(options)), trace_(options_.trace, options_.secrets) {}

std::vector<std::string> CurlClient::trusted_by_default() {
    const curl_version_info_data& built = *Libcurl().version_info(CURLVERSION_NOW);
    std::vector<std::string> paths;
    if (built.age < CURLVERSION_SEVENTH) return paths;
    if (built.cainfo != nullptr) paths.emplace_back(built.cainfo);
    if (built.capath != nullptr) paths.emplace_back(std::string(built.capath) + "/");
    return paths;
}

Transfer CurlClient::transfer() {
    if (!curl_) curl_.emplace();
    if (!handle_) handle_ = Handle(curl_->easy_init(), curl_->easy_cleanup);
    if (!handle_) throw std::runtime_error("libcurl cannot be set up");
    return {*curl_, handle_.get()};
}

HttpResponse CurlClient::send(const HttpRequest& request) {
    const Transfer transfer = this->transfer();
    Exchange exchange(request, options_.timeout);
    const HeaderList headers = header_list(*curl_, request.headers);
    const std::string body = is_small(request) ? whole_body(request) : "";
    const std::string origin = origin_of(request.url);
    const bool reused =
        std::exchange(connected_to_, origin) == origin && is_connected_and_silent(transfer);
    curl_->easy_reset(transfer.handle);  // options only: connections and sessions stay
    error_.front() = '\0';
    transfer.set(CURLOPT_ERRORBUFFER, error_.data());
    transfer.set(CURLOPT_HTTPHEADER, headers.get());
    set_request(transfer, request, body, exchange);
    set_transport(transfer, options_);
    // One connection is kept, and looked at before it is used: others would not be.
    transfer.set(CURLOPT_MAXCONNECTS, 1L);
    transfer.set(CURLOPT_FRESH_CONNECT, reused ? 0L : 1L);
    if (trace_.on()) {
        transfer.set(CURLOPT_VERBOSE, 1L);
        transfer.set(CURLOPT_DEBUGFUNCTION, on_debug);
        transfer.set(CURLOPT_DEBUGDATA, &trace_);
    }

    const CURLcode code = curl_->easy_perform(transfer.handle);
    if (exchange.thrown) std::rethrow_exception(exchange.thrown);
    conclude(transfer, !body.empty(), reused, exchange);
    require_response(transfer, code, error_.data(), exchange);
    // The store may not have read the whole body, and where it refuses, not even though the system
    // has taken all of it from us: the next request would wait behind those bytes, or be taken for
    // them.
    const bool refused = exchange.response.status >= 300 && request.body_size > 0;
    if (refused || exchange.response.early) handle_.reset();
    return std::move(exchange.response);
}

}  // namespace s3drop
