// Any bytes for a urlencoded form: a byte for the size of the pieces that the body is read in, and
// the body.
//
// Whatever it is, it is taken or refused with 400, and in pieces no otherwise than at once.
#include "outcome.h"

using namespace s3drop::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = text_of(data, size);
    const unsigned piece = take_byte(input);
    const Sent sent{.body = std::string(input), .content_type = urlencoded};
    const Outcome outcome = outcome_in_pieces(sent, 2 + piece);
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
