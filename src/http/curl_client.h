// Sends requests with libcurl, one at a time, and keeps the connection for the next one,
// if that goes to the same place.
//
// libcurl is not even loaded before the first request, so that a start costs nothing. Redirects
// are not followed: a signed request goes where it was signed for, or nowhere.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/http_client.h"
#include "http/libcurl.h"
#include "http/trace.h"

namespace s3drop {

struct Transfer;

class CurlClient final : public HttpClient {
  public:
    struct Options {
        // Without progress, and for a response from its first byte to its last. Also for
        // connecting, even if a request has its own.
        std::chrono::seconds timeout;
        std::string ca_bundle;                  // "": the one that libcurl was built with
        std::string trace = {};                 // a file for a hex dump of the traffic, "": none
        std::vector<std::string> secrets = {};  // struck out there
    };

    explicit CurlClient(Options options);

    HttpResponse send(const HttpRequest& request) override;

    // The file and the folder, with a "/" at its end, of the certificates that libcurl was built to
    // trust; none where it does not say. Loads libcurl.
    static std::vector<std::string> trusted_by_default();

  private:
    using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

    Transfer transfer();

    Options options_;
    Trace trace_;
    std::array<char, CURL_ERROR_SIZE> error_{};  // libcurl's, for as long as there is a handle
    std::optional<Libcurl> curl_;
    std::string connected_to_;  // the last request's scheme and authority
    Handle handle_{nullptr, nullptr};
};

}  // namespace s3drop
