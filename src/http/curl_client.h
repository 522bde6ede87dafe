// Sends requests with libcurl, one at a time, and keeps the connection for the next request if that
// goes to the same scheme, host and port.
//
// libcurl is loaded at the first request, so that starting the program costs nothing. Redirects are
// not followed: a request is valid only for the host that it was signed for.
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
        // The longest time without progress, and the longest that a response may take from its
        // first byte to its last. Connecting may take as long, even if a request has its own
        // timeout.
        std::chrono::seconds timeout;
        std::string ca_bundle;                  // "": libcurl's default
        std::string trace = {};                 // a file for a hex dump of the traffic; "": none
        std::vector<std::string> secrets = {};  // masked in the trace
    };

    explicit CurlClient(Options options);

    HttpResponse send(const HttpRequest& request) override;

    // The file and the folder (which ends in "/") of the certificates that libcurl trusts by
    // default; empty if libcurl does not report them. Loads libcurl.
    static std::vector<std::string> trusted_by_default();

  private:
    using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

    Transfer transfer();

    Options options_;
    Trace trace_;
    std::array<char, CURL_ERROR_SIZE> error_{};  // used by libcurl as long as the handle exists
    std::optional<Libcurl> curl_;
    std::string connected_to_;  // the last request's scheme and authority
    Handle handle_{nullptr, nullptr};
};

}  // namespace s3drop
