// Any bytes as a multipart form: a byte for the size of the reads, a line with the Content-Type,
// and the body.
//
// The form is accepted or refused with 400, whatever the size of the reads. Everything received was
// in the body, and a form that was cut short is refused.
#include "base/text.h"
#include "outcome.h"

using namespace s3drop::test;

namespace {

// Nothing is invented or received twice, except a multipart/mixed part's name, which is the name of
// each file in it that has none.
void check_sizes(const Received& received, const std::string& body) {
    const bool may_have_mixed = s3drop::lower_case(body).find("/mixed") != std::string::npos;
    std::size_t total = received.file_name.size() + received.bucket.size() + received.host.size();
    for (const ReceivedFile& file : received.files) {
        total += file.content.size();
        const std::size_t name =
            file.name.size() / 3;  // a byte of windows-1252 becomes up to three
        must(name <= body.size(), "a file's name was in the body");
        if (!may_have_mixed) total += name;
    }
    must(total <= body.size(), "what is received was in the body");
}

// Without its last delimiter, and without a length, a form must be refused.
void check_cut(Sent sent) {
    const std::size_t closing = sent.body.rfind("--");
    if (closing == std::string::npos) return;
    sent.body.resize(closing);
    sent.chunked = true;
    must(!outcome_of(sent).refusal.empty(), "a form that was cut short is refused", sent.body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input = text_of(data, size);
    const unsigned read_size = take_byte(input);
    Sent sent{.body = {}, .content_type = "multipart/form-data;" + take_line(input)};
    sent.body = input;
    sent.chunked = read_size % 2 == 1;
    const Outcome outcome = outcome_in_reads(sent, 2 + read_size / 2);
    if (!outcome.refusal.empty()) return 0;
    check_sizes(outcome.received, sent.body);
    check_cut(sent);
    return 0;
}
