#include "curl_client.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <exception>

#include "curl_exchange.h"
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
    for (const auto& [name, value] : headers) {
        // "Name;" is libcurl's spelling of a header without a value.
        const std::string line = value.empty() ? name + ";" : name + ": " + value;
        curl_slist* longer = curl.slist_append(list.get(), line.c_str());
        if (longer == nullptr) throw std::bad_alloc();
        static_cast<void>(list.release());
        list.reset(longer);
    }
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

void set_request(const Transfer& transfer, const HttpRequest& request, Exchange& exchange) {
    transfer.set(CURLOPT_URL, request.url.c_str());
    transfer.set(CURLOPT_PATH_AS_IS, 1L);
    if (request.method == "PUT") {
        transfer.set(CURLOPT_UPLOAD, 1L);
        transfer.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.body_size));
    } else if (request.method == "HEAD") {
        transfer.set(CURLOPT_NOBODY, 1L);
    } else {
        transfer.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    set_callbacks(transfer, exchange);
}

void set_transport(const Transfer& transfer, const CurlClient::Options& options) {
    const auto seconds = static_cast<long>(options.timeout.count());
    transfer.set(CURLOPT_NOSIGNAL, 1L);
    transfer.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    transfer.set(CURLOPT_CONNECTTIMEOUT, seconds);
    transfer.set(CURLOPT_USERAGENT, "s3drop/" S3DROP_VERSION);
    if (!options.ca_bundle.empty()) transfer.set(CURLOPT_CAINFO, options.ca_bundle.c_str());
}

// What has come on the kept connection, an answer or its end, answers no request to come.
bool has_spoken(const Transfer& transfer) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (transfer.curl.easy_getinfo(transfer.handle, CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK ||
        socket == CURL_SOCKET_BAD) {
        return false;
    }
    pollfd wait{.fd = socket, .events = POLLIN, .revents = 0};
    return poll(&wait, 1, 0) != 0;
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

HttpResponse CurlClient::send(const HttpRequest& request) {
    if (!curl_) curl_.emplace();
    if (!handle_) handle_ = Handle(curl_->easy_init(), curl_->easy_cleanup);
    if (!handle_) throw std::runtime_error("libcurl cannot be set up");
    const Transfer transfer{*curl_, handle_.get()};

    Exchange exchange(request, options_.timeout);
    std::array<char, CURL_ERROR_SIZE> error{};
    const HeaderList headers = header_list(*curl_, request.headers);
    const bool spoken = has_spoken(transfer);
    curl_->easy_reset(transfer.handle);  // options only: connections and sessions stay
    transfer.set(CURLOPT_ERRORBUFFER, error.data());
    transfer.set(CURLOPT_HTTPHEADER, headers.get());
    set_request(transfer, request, exchange);
    set_transport(transfer, options_);
    transfer.set(CURLOPT_FRESH_CONNECT, spoken ? 1L : 0L);
    if (trace_.on()) {
        transfer.set(CURLOPT_VERBOSE, 1L);
        transfer.set(CURLOPT_DEBUGFUNCTION, on_debug);
        transfer.set(CURLOPT_DEBUGDATA, &trace_);
    }

    const CURLcode code = curl_->easy_perform(transfer.handle);
    if (exchange.thrown) std::rethrow_exception(exchange.thrown);
    const auto status = transfer.info<long>(CURLINFO_RESPONSE_CODE);
    exchange.response.status = static_cast<int>(status);
    exchange.response.early = exchange.position < request.body_size;
    const bool cut_by_us =
        code == CURLE_WRITE_ERROR && exchange.response.body.size() == HttpClient::max_response_body;
    if (code != CURLE_OK && !cut_by_us) {
        const std::string text = error[0] != '\0' ? error.data() : curl_->easy_strerror(code);
        throw TransportError(kind_of(code), text, !exchange.response.early);
    }
    // libcurl takes headers that a closed connection has cut off for all there are.
    if (!exchange.headers_ended) {
        throw TransportError(TransportError::Kind::broken, "the answer broke off in its headers",
                             !exchange.response.early);
    }
    // A refusal may come before the store has read the body, though the system has taken all of it
    // from us: the next request would wait on this connection behind bytes that nobody reads.
    if (status >= 300 && request.body_size > 0) handle_.reset();
    return std::move(exchange.response);
}

}  // namespace s3drop
