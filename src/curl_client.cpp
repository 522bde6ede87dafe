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

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

HeaderList header_list(const Headers& headers) {
    HeaderList list;
    for (const auto& [name, value] : headers) {
        // "Name;" is libcurl's spelling of a header without a value.
        const std::string line = value.empty() ? name + ";" : name + ": " + value;
        curl_slist* longer = curl_slist_append(list.get(), line.c_str());
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

void set_request(CURL* handle, const HttpRequest& request, Exchange& exchange) {
    set_option(handle, CURLOPT_URL, request.url.c_str());
    set_option(handle, CURLOPT_PATH_AS_IS, 1L);
    if (request.method == "PUT") {
        set_option(handle, CURLOPT_UPLOAD, 1L);
        set_option(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.body_size));
    } else if (request.method == "HEAD") {
        set_option(handle, CURLOPT_NOBODY, 1L);
    } else {
        set_option(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    set_callbacks(handle, exchange);
}

void set_transport(CURL* handle, const CurlClient::Options& options) {
    const auto seconds = static_cast<long>(options.timeout.count());
    set_option(handle, CURLOPT_NOSIGNAL, 1L);
    set_option(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set_option(handle, CURLOPT_CONNECTTIMEOUT, seconds);
    set_option(handle, CURLOPT_USERAGENT, "s3drop/" S3DROP_VERSION);
    if (!options.ca_bundle.empty()) set_option(handle, CURLOPT_CAINFO, options.ca_bundle.c_str());
}

// What has come on the kept connection, an answer or its end, answers no request to come.
bool has_spoken(CURL* handle) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK ||
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
    const curl_version_info_data& built = *curl_version_info(CURLVERSION_NOW);
    std::vector<std::string> paths;
    if (built.age < CURLVERSION_SEVENTH) return paths;
    if (built.cainfo != nullptr) paths.emplace_back(built.cainfo);
    if (built.capath != nullptr) paths.emplace_back(std::string(built.capath) + "/");
    return paths;
}

HttpResponse CurlClient::send(const HttpRequest& request) {
    if (!handle_) handle_.reset(curl_easy_init());
    if (!handle_) throw std::runtime_error("libcurl cannot be set up");
    CURL* handle = handle_.get();

    Exchange exchange(request, options_.timeout);
    std::array<char, CURL_ERROR_SIZE> error{};
    const HeaderList headers = header_list(request.headers);
    const bool spoken = has_spoken(handle);
    curl_easy_reset(handle);  // options only: connections and sessions stay
    set_option(handle, CURLOPT_ERRORBUFFER, error.data());
    set_option(handle, CURLOPT_HTTPHEADER, headers.get());
    set_request(handle, request, exchange);
    set_transport(handle, options_);
    set_option(handle, CURLOPT_FRESH_CONNECT, spoken ? 1L : 0L);
    if (trace_.on()) {
        set_option(handle, CURLOPT_VERBOSE, 1L);
        set_option(handle, CURLOPT_DEBUGFUNCTION, on_debug);
        set_option(handle, CURLOPT_DEBUGDATA, &trace_);
    }

    const CURLcode code = curl_easy_perform(handle);
    if (exchange.thrown) std::rethrow_exception(exchange.thrown);
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    exchange.response.status = static_cast<int>(status);
    exchange.response.early = exchange.position < request.body_size;
    const bool cut_by_us =
        code == CURLE_WRITE_ERROR && exchange.response.body.size() == HttpClient::max_response_body;
    if (code != CURLE_OK && !cut_by_us) {
        const std::string text = error[0] != '\0' ? error.data() : curl_easy_strerror(code);
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
