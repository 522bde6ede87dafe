// The HTTP client of the server tests. It uploads forms like a browser, and reads objects from the
// store with libcurl's signer, which is independent of ours.
//
// Throws std::runtime_error if there is no response.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace s3drop::test {

// The bytes of a file: a text, or a pattern that is computed when it is read, so that 300 MiB need
// no memory. The same size and seed give the same pattern.
class Content {
  public:
    static Content of(std::string text);
    static Content pattern(std::uint64_t size, unsigned seed = 1);

    std::uint64_t size() const { return size_; }
    void fill(std::uint64_t offset, std::span<char> into) const;
    std::string text() const;

  private:
    std::uint64_t size_ = 0;
    unsigned seed_ = 0;
    std::optional<std::string> text_;
};

struct FormPart {
    std::string name;
    Content content;
    std::optional<std::string> filename = {};
    std::string content_type = {};
};

struct Response {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
};

struct UploadOptions {
    std::string accept = "application/json";
    std::string user = {};  // name:password
    std::vector<std::string> headers = {};
};

Response upload(const std::string& url, const std::vector<FormPart>& form,
                const UploadOptions& options = {});

// Sends a body as it is. `content_type`: the value of its Content-Type.
Response post(const std::string& url, const std::string& content_type, const std::string& body,
              const UploadOptions& options = {});

Response get(const std::string& url, const std::string& accept = "*/*",
             const std::string& method = "GET", std::vector<std::string> headers = {});

// The addresses of a store, and the keys for it.
struct StoreAccess {
    std::string endpoint;
    std::string endpoint_tls;
    std::string ca_bundle;
    std::string bucket;
    std::string access_key_id;
    std::string secret_access_key;
};

// Requests signed by libcurl (CURLOPT_AWS_SIGV4). `path`: /BUCKET/KEY, encoded.
Response signed_get(const StoreAccess& store, const std::string& path);
Response signed_put(const StoreAccess& store, const std::string& path);
Response signed_delete(const StoreAccess& store, const std::string& path);

// Whether the object at `url` exists and has exactly this content. Needs no memory for it.
bool object_is(const StoreAccess& store, const std::string& url, const Content& content);

// The object keys in a bucket.
std::vector<std::string> keys_of(const StoreAccess& store, const std::string& bucket);

}  // namespace s3drop::test
