// The other side of the program in the server tests: a browser's uploads, and reading objects back
// from the store with libcurl's own signer, which is independent of ours.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace s3drop::test {

// Bytes that are made as they are needed, so that 300 MiB need no memory.
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

// A body as it is, with its type.
Response post(const std::string& url, const std::string& content_type, const std::string& body,
              const UploadOptions& options = {});

Response get(const std::string& url, const std::string& accept = "*/*",
             const std::string& method = "GET", std::vector<std::string> headers = {});

// Where a store is and who may use it.
struct StoreAccess {
    std::string endpoint;
    std::string endpoint_tls;
    std::string ca_bundle;
    std::string bucket;
    std::string access_key_id;
    std::string secret_access_key;
};

// Signed requests by libcurl (CURLOPT_AWS_SIGV4). `path`: /bucket/key, encoded.
Response signed_get(const StoreAccess& store, const std::string& path);
Response signed_put(const StoreAccess& store, const std::string& path);
Response signed_delete(const StoreAccess& store, const std::string& path);

// Whether the object at `url` is there and has exactly this content, whatever its size.
bool object_is(const StoreAccess& store, const std::string& url, const Content& content);

// The keys of a bucket.
std::vector<std::string> keys_of(const StoreAccess& store, const std::string& bucket);

}  // namespace s3drop::test
