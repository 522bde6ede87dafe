// Any bytes as a urlencoded form: a byte for the size of the reads, and the body.
//
// The form is accepted or refused with 400, whatever the size of the reads.
#include "outcome.h"

using namespace s3drop::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = text_of(data, size);
    const unsigned read_size = take_byte(input);
    const Sent sent{.body = std::string(input), .content_type = urlencoded};
    const Outcome outcome = outcome_in_reads(sent, 2 + read_size);
    const Received& received = outcome.received;
    std::size_t total = received.file_name.size() + received.bucket.size() + received.host.size();
    for (const ReceivedFile& file : received.files) {
        must(file.name.empty(), "a text has no name");
        must(file.content_type == "text/plain; charset=utf-8", "a text is text", file.content_type);
        total += file.content.size();
    }
    must(total <= sent.body.size(), "what is received was in the body");
    return 0;
}
