// Answers that S3 gives in trouble, as its API Reference ("Error responses") and its clients know
// them, and some that no S3 should give.
#pragma once

#include <string>

#include "scripted_store/s3_refusal.h"
#include "scripted_store/store_script.h"

namespace s3drop::test {

// S3's error document. `headers` go with it.
Answer refusal_answer(const S3Refusal& refusal, const Headers& headers = {});
Answer error_answer(int status, const std::string& code, const Headers& headers = {});

// 503. `retry_after`: a header's value, sense or nonsense; "": none.
Answer slow_down(const std::string& retry_after = {});
Answer too_many_requests(const std::string& retry_after = {});  // 429
Answer internal_error();                                        // 500
Answer bad_gateway();                                           // 502, a proxy's page
Answer gateway_timeout();                                       // 504, the same
Answer request_timeout();  // 400, where S3 waited for the body in vain
Answer access_denied();
Answer no_such_bucket();
Answer time_too_skewed();
Answer conditional_conflict();    // 409
Answer precondition_failed();     // 412
Answer chunks_not_implemented();  // 501

// 301 to another region's endpoint; 307 to `location`; 400 to who signed for the wrong region.
Answer permanent_redirect(const std::string& endpoint, const std::string& region);
Answer temporary_redirect(const std::string& location);
Answer wrong_region(const std::string& region);

Answer without_etag();  // 200 of something that is no S3
Answer http_0_9();      // a page without a head
Answer binary();        // bytes of no meaning
Answer huge_header();   // one of 200 kB
Answer endless_headers();
Answer endless_body();     // of a refusal
Answer nested_entities();  // XML that grows to gigabytes where entities are expanded

}  // namespace s3drop::test
