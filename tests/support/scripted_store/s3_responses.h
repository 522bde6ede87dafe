// S3's error responses, as its API Reference ("Error responses") and its clients have them, and
// some responses that no S3 service should send.
#pragma once

#include <string>

#include "scripted_store/s3_refusal.h"
#include "scripted_store/store_script.h"

namespace s3drop::test {

// S3's error document, with these headers.
ScriptedResponse refusal_response(const S3Refusal& refusal, const Headers& headers = {});
ScriptedResponse error_response(int status, const std::string& code, const Headers& headers = {});

// 503. `retry_after`: the value of Retry-After, valid or not; "": no such header.
ScriptedResponse slow_down(const std::string& retry_after = {});
ScriptedResponse too_many_requests(const std::string& retry_after = {});  // 429
ScriptedResponse internal_error();                                        // 500
ScriptedResponse bad_gateway();                                           // 502, a proxy's page
ScriptedResponse gateway_timeout();                                       // 504, the same
ScriptedResponse request_timeout();  // 400: S3 waited for the body too long
ScriptedResponse access_denied();
ScriptedResponse no_such_bucket();
ScriptedResponse time_too_skewed();
ScriptedResponse conditional_conflict();    // 409
ScriptedResponse precondition_failed();     // 412
ScriptedResponse chunks_not_implemented();  // 501

// 301 to another region's endpoint; 307 to `location`; 400 to a request signed for another region.
ScriptedResponse permanent_redirect(const std::string& endpoint, const std::string& region);
ScriptedResponse temporary_redirect(const std::string& location);
ScriptedResponse wrong_region(const std::string& region);

ScriptedResponse without_etag();  // 200, but not from S3
ScriptedResponse http_0_9();      // a page without a head
ScriptedResponse binary();        // random bytes
ScriptedResponse huge_header();   // 200 kB
ScriptedResponse endless_headers();
ScriptedResponse endless_body();     // of an error response
ScriptedResponse nested_entities();  // XML that grows to gigabytes if entities are expanded

}  // namespace s3drop::test
