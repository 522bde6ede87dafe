// PUT requests for an HttpClient under test, signed by the program's own signer, and their outcome
// in one word.
#pragma once

#include <string>

#include "http/http_client.h"
#include "site/client.h"

namespace s3drop::test {

struct PutOptions {
    std::string path = "/bucket/key";  // encoded
    Headers headers = {};              // signed too
    std::string payload = {};          // x-amz-content-sha256; "": the content's hash
    std::string region = "us-east-1";
    std::string host = {};  // with its port; "": the endpoint's
    std::string method = "PUT";
};

// Signed with the current time. The request's body function owns a copy of the content.
HttpRequest put_of(const StoreAccess& store, const Content& content,
                   const PutOptions& options = {});

// The same, with the content in signed chunks of 64 KiB.
HttpRequest chunked_put_of(const StoreAccess& store, const Content& content,
                           const PutOptions& options = {});

// The status of the response, such as "503", or the kind of TransportError, such as "timed_out".
std::string outcome_of(HttpClient& client, const HttpRequest& request);

}  // namespace s3drop::test
