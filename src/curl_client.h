// Sends requests with libcurl, one at a time, and keeps the connection for the next one.
//
// Nothing of libcurl is set up before the first request, so that a start costs nothing. Redirects
// are not followed: a signed request goes where it was signed for, or nowhere.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "http_client.h"
#include "trace.h"

namespace s3drop {

class CurlClient final : public HttpClient {
  public:
    struct Options {
        std::chrono::seconds timeout;           // without progress, connecting included
        std::string ca_bundle;                  // "": the one that libcurl was built with
        std::string trace = {};                 // a file for a hex dump of the traffic, "": none
        std::vector<std::string> secrets = {};  // struck out there
    };

    explicit CurlClient(Options options);

    HttpResponse send(const HttpRequest& request) override;

    // The file and the folder, with a "/" at its end, of the certificates that libcurl was built to
    // trust; none where it does not say.
    static std::vector<std::string> trusted_by_default();

  private:
    struct Cleanup {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };

    Options options_;
    Trace trace_;
    std::unique_ptr<CURL, Cleanup> handle_;
};

}  // namespace s3drop
