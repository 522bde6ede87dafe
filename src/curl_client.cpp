#include "curl_client.h"

#include <poll.h>

#include <algorithm>
#include <array>
#include <exception>
#include <optional>

#include "text.h"
#include "version.h"

namespace s3drop {

namespace {

// What the callbacks of one request work on. They are called by C, so no exception leaves them: it
// is kept in `thrown`, and send() throws it once libcurl has returned.
struct Exchange {
    using Time = std::chrono::steady_clock::time_point;

    Exchange(const HttpRequest& sent, std::chrono::seconds longest_stall)
        : request(sent), timeout(longest_stall) {}

    const HttpRequest& request;
    std::chrono::seconds timeout;
    std::uint64_t position = 0;  // in the request's body
    curl_off_t moved = 0;        // bytes in both directions so far, and when the last one moved
    Time moved_at = std::chrono::steady_clock::now();
    std::optional<Time> answer_began;
    std::size_t header_bytes = 0;
    bool headers_ended = false;  // with their blank line
    HttpResponse response;
    std::exception_ptr thrown;
};

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
        body.append(buffer, std::min(size * count, HttpClient::max_response_body - body.size()));
        // An answer that is longer than any S3 gives is not read to its end.
        return body.size() < HttpClient::max_response_body ? size * count : 0;
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

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(handle, option, value);
    if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
}

void set_request(CURL* handle, const HttpRequest& request, Exchange& exchange) {
    set(handle, CURLOPT_URL, request.url.c_str());
    set(handle, CURLOPT_PATH_AS_IS, 1L);
    if (request.method == "PUT") {
        set(handle, CURLOPT_UPLOAD, 1L);
        set(handle, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request.body_size));
    } else if (request.method == "HEAD") {
        set(handle, CURLOPT_NOBODY, 1L);
    } else {
        set(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    set(handle, CURLOPT_READFUNCTION, on_read);
    set(handle, CURLOPT_READDATA, &exchange);
    set(handle, CURLOPT_SEEKFUNCTION, on_seek);
    set(handle, CURLOPT_SEEKDATA, &exchange);
    set(handle, CURLOPT_NOPROGRESS, 0L);
    set(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
    set(handle, CURLOPT_XFERINFODATA, &exchange);
    set(handle, CURLOPT_HEADERFUNCTION, on_header);
    set(handle, CURLOPT_HEADERDATA, &exchange);
    set(handle, CURLOPT_WRITEFUNCTION, on_write);
    set(handle, CURLOPT_WRITEDATA, &exchange);
}

void set_transport(CURL* handle, const CurlClient::Options& options) {
    const auto seconds = static_cast<long>(options.timeout.count());
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(handle, CURLOPT_CONNECTTIMEOUT, seconds);
    set(handle, CURLOPT_USERAGENT, "s3drop/" S3DROP_VERSION);
    if (!options.ca_bundle.empty()) set(handle, CURLOPT_CAINFO, options.ca_bundle.c_str());
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
    set(handle, CURLOPT_ERRORBUFFER, error.data());
    set(handle, CURLOPT_HTTPHEADER, headers.get());
    set_request(handle, request, exchange);
    set_transport(handle, options_);
    set(handle, CURLOPT_FRESH_CONNECT, spoken ? 1L : 0L);
    if (trace_.on()) {
        set(handle, CURLOPT_VERBOSE, 1L);
        set(handle, CURLOPT_DEBUGFUNCTION, on_debug);
        set(handle, CURLOPT_DEBUGDATA, &trace_);
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
        throw TransportError(kind_of(code), text);
    }
    // libcurl takes headers that a closed connection has cut off for all there are.
    if (!exchange.headers_ended) {
        throw TransportError(TransportError::Kind::broken, "the answer broke off in its headers");
    }
    // A refusal may come before the store has read the body, though the system has taken all of it
    // from us: the next request would wait on this connection behind bytes that nobody reads.
    if (status >= 300 && request.body_size > 0) handle_.reset();
    return std::move(exchange.response);
}

}  // namespace s3drop
