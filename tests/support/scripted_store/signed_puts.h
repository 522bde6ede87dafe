// PUTs to a store for an HttpClient under test, signed by the program's own signer, and what became
// of them in a word.
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
    std::string host = {};  // in place of the endpoint's, with its port
    std::string method = "PUT";
};

// Signed for now. The content lives in the request's body function.
HttpRequest put_of(const StoreAccess& store, const Content& content,
                   const PutOptions& options = {});

// The same, the content sent in signed chunks of 64 KiB.
HttpRequest chunked_put_of(const StoreAccess& store, const Content& content,
                           const PutOptions& options = {});

// The status of the answer, as in "503", or the TransportError's kind, as in "timed_out".
std::string outcome_of(HttpClient& client, const HttpRequest& request);

}  // namespace s3drop::test
