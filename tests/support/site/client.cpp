#include "site/client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "base/text.h"

namespace s3drop::test {

namespace {

struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Free>;
using Mime = std::unique_ptr<curl_mime, Free>;
using List = std::unique_ptr<curl_slist, Free>;

using Sink = std::function<void(std::string_view)>;

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* sink) {
    (*static_cast<Sink*>(sink))({data, size * count});
    return size * count;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* response) {
    const std::string_view line(data, size * count);
    const std::size_t colon = line.find(':');
    if (line.starts_with("HTTP/")) static_cast<Response*>(response)->headers.clear();
    if (colon != std::string_view::npos) {
        const std::string_view value = line.substr(colon + 1, line.find('\r') - colon - 1);
        static_cast<Response*>(response)->headers[lower_case(line.substr(0, colon))] = trim(value);
    }
    return size * count;
}

List list_of(const std::vector<std::string>& lines) {
    List list;
    for (const std::string& line : lines) {
        list.reset(curl_slist_append(list.release(), line.c_str()));
    }
    return list;
}

Response perform(CURL* handle, const std::vector<std::string>& headers, Sink sink = {}) {
    Response response;
    if (!sink) sink = [&](std::string_view block) { response.body += block; };
    const List list = list_of(headers);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, list.get());
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &sink);
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &response);
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L);
    const CURLcode code = curl_easy_perform(handle);
    if (code != CURLE_OK) throw std::runtime_error(curl_easy_strerror(code));
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    response.status = static_cast<int>(status);
    return response;
}

Handle new_handle(const std::string& url) {
    Handle handle(curl_easy_init());
    curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
    return handle;
}

// Where libcurl reads the content of a part from.
struct Reader {
    const Content& content;
    std::uint64_t position = 0;
};

std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* context) {
    auto& reader = *static_cast<Reader*>(context);
    const std::size_t length =
        std::min<std::uint64_t>(size * count, reader.content.size() - reader.position);
    reader.content.fill(reader.position, {buffer, length});
    reader.position += length;
    return length;
}

int on_seek(void* context, curl_off_t offset, int) {
    static_cast<Reader*>(context)->position = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

void add_part(curl_mime* mime, const FormPart& part, Reader& reader) {
    curl_mimepart* added = curl_mime_addpart(mime);
    curl_mime_name(added, part.name.c_str());
    if (part.filename) curl_mime_filename(added, part.filename->c_str());
    if (!part.content_type.empty()) curl_mime_type(added, part.content_type.c_str());
    curl_mime_data_cb(added, static_cast<curl_off_t>(part.content.size()), on_read, on_seek,
                      nullptr, &reader);
}

std::vector<std::string> request_headers(const UploadOptions& options) {
    std::vector<std::string> headers = options.headers;
    headers.push_back("Accept: " + options.accept);
    return headers;
}

void set_options(CURL* handle, const UploadOptions& options) {
    if (!options.user.empty()) curl_easy_setopt(handle, CURLOPT_USERPWD, options.user.c_str());
}

Handle signed_handle(const StoreAccess& store, const std::string& url) {
    Handle handle = new_handle(url);
    curl_easy_setopt(handle.get(), CURLOPT_AWS_SIGV4, "aws:amz:us-east-1:s3");
    curl_easy_setopt(handle.get(), CURLOPT_USERNAME, store.access_key_id.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_PASSWORD, store.secret_access_key.c_str());
    if (!store.ca_bundle.empty()) {
        curl_easy_setopt(handle.get(), CURLOPT_CAINFO, store.ca_bundle.c_str());
    }
    return handle;
}

const std::vector<std::string> unsigned_payload = {"x-amz-content-sha256: UNSIGNED-PAYLOAD"};

}  // namespace

Content Content::of(std::string text) {
    Content content;
    content.size_ = text.size();
    content.text_ = std::move(text);
    return content;
}

Content Content::pattern(std::uint64_t size, unsigned seed) {
    Content content;
    content.size_ = size;
    content.seed_ = seed;
    return content;
}

// The pattern is a hash of the position, so that a byte in the wrong place is noticed.
void Content::fill(std::uint64_t offset, std::span<char> into) const {
    if (text_) {
        std::memcpy(into.data(), text_->data() + offset, into.size());
        return;
    }
    for (std::size_t i = 0; i < into.size(); ++i) {
        std::uint64_t x = (offset + i + seed_) * 0x9E3779B97F4A7C15ULL;
        into[i] = static_cast<char>((x ^ (x >> 29U)) >> 24U);
    }
}

std::string Content::text() const {
    std::string all(size_, '\0');
    fill(0, all);
    return all;
}

Response upload(const std::string& url, const std::vector<FormPart>& form,
                const UploadOptions& options) {
    const Handle handle = new_handle(url);
    const Mime mime(curl_mime_init(handle.get()));
    std::vector<Reader> readers;
    readers.reserve(form.size());
    for (const FormPart& part : form) {
        readers.push_back({part.content});
        add_part(mime.get(), part, readers.back());
    }
    curl_easy_setopt(handle.get(), CURLOPT_MIMEPOST, mime.get());
    set_options(handle.get(), options);
    return perform(handle.get(), request_headers(options));
}

Response post(const std::string& url, const std::string& content_type, const std::string& body,
              const UploadOptions& options) {
    const Handle handle = new_handle(url);
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(body.size()));
    std::vector<std::string> headers = request_headers(options);
    headers.push_back("Content-Type: " + content_type);
    return perform(handle.get(), headers);
}

Response get(const std::string& url, const std::string& accept, const std::string& method,
             std::vector<std::string> headers) {
    const Handle handle = new_handle(url);
    curl_easy_setopt(handle.get(), CURLOPT_CUSTOMREQUEST, method.c_str());
    if (method == "HEAD") curl_easy_setopt(handle.get(), CURLOPT_NOBODY, 1L);
    headers.push_back("Accept: " + accept);
    return perform(handle.get(), headers);
}

Response signed_get(const StoreAccess& store, const std::string& path) {
    return perform(signed_handle(store, store.endpoint + path).get(), unsigned_payload);
}

Response signed_put(const StoreAccess& store, const std::string& path) {
    const Handle handle = signed_handle(store, store.endpoint + path);
    curl_easy_setopt(handle.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_INFILESIZE_LARGE, curl_off_t{0});
    return perform(handle.get(), unsigned_payload);
}

Response signed_delete(const StoreAccess& store, const std::string& path) {
    const Handle handle = signed_handle(store, store.endpoint + path);
    curl_easy_setopt(handle.get(), CURLOPT_CUSTOMREQUEST, "DELETE");
    return perform(handle.get(), unsigned_payload);
}

bool object_is(const StoreAccess& store, const std::string& url, const Content& content) {
    std::uint64_t position = 0;
    bool same = true;
    std::string expected;
    const Sink compare = [&](std::string_view block) {
        same = same && position + block.size() <= content.size();
        if (!same) return;
        expected.resize(block.size());
        content.fill(position, expected);
        same = block == expected;
        position += block.size();
    };
    const Response response = perform(signed_handle(store, url).get(), unsigned_payload, compare);
    return response.status == 200 && same && position == content.size();
}

std::vector<std::string> keys_of(const StoreAccess& store, const std::string& bucket) {
    const std::string listing = signed_get(store, "/" + bucket).body;
    std::vector<std::string> keys;
    for (std::size_t at = 0; (at = listing.find("<Key>", at)) != std::string::npos;) {
        at += 5;
        keys.push_back(listing.substr(at, listing.find("</Key>", at) - at));
    }
    return keys;
}

}  // namespace s3drop::test
