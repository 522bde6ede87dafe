#include "scripted_store/s3_judge.h"

#include <algorithm>

#include "base/hex.h"
#include "base/text.h"

namespace s3drop::test {

namespace {

constexpr std::uint64_t most_kept = 1024UL * 1024;

bool is_hash(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of(hex_digits) == std::string_view::npos;
}

}  // namespace

std::string object_name(const RequestHead& head) {
    const auto path =
        percent_decoded(std::string_view(head.target).substr(0, head.target.find('?')));
    if (!path) return {};
    const std::string host = head.header("Host");
    const std::size_t bucket_end = host.find(".localhost");
    const std::string name =
        bucket_end == std::string::npos ? path->substr(1) : host.substr(0, bucket_end) + *path;
    const std::size_t slash = name.find('/');
    return slash == 0 || slash >= name.size() - 1 ? std::string() : name;
}

S3Judge::S3Judge(const RequestHead& head, const StoreRules& rules, bool tls) : head_(head) {
    const auto checked =
        check_signature(head, {.access_key_id = rules.access_key_id,
                               .secret_access_key = rules.secret_access_key,
                               .session_token = rules.session_token,
                               .region = rules.region,
                               .now = rules.now(),
                               .unsigned_payload = rules.unsigned_payload.value_or(tls)});
    if (const auto* refusal = std::get_if<S3Refusal>(&checked)) {
        refusal_ = *refusal;
        return;
    }
    signature_ = std::get<GoodSignature>(checked);
    check_head(rules);
}

void S3Judge::check_head(const StoreRules& rules) {
    const bool known = head_.method == "PUT" || head_.method == "HEAD" || head_.method == "DELETE";
    if (!known) {
        refuse(405, "MethodNotAllowed", "The stand-in supports PUT, HEAD and DELETE.");
    } else if (object_name(head_).empty()) {
        refuse(400, "InvalidURI", "The path names no object.");
    } else if (head_.method == "PUT" && !head_.length()) {
        refuse(411, "MissingContentLength", "The Content-Length is missing.");
    } else if (head_.has("If-None-Match") && !rules.conditions) {
        refuse(501, "NotImplemented", "If-None-Match is not implemented.");
        refusal_->circumstance = true;
    } else if (head_.has("If-None-Match") && head_.header("If-None-Match") != "*") {
        refuse(501, "NotImplemented", "If-None-Match may only be *.");
    } else if (signature_.payload == streaming_payload) {
        check_streaming(rules);
    } else if (signature_.payload != "UNSIGNED-PAYLOAD" && !is_hash(signature_.payload)) {
        refuse(400, "InvalidArgument", "x-amz-content-sha256 is neither a hash nor a known word.");
    }
}

void S3Judge::check_streaming(const StoreRules& rules) {
    if (!rules.chunks) {
        refuse(501, "NotImplemented", "Signed chunks are not implemented.");
        refusal_->circumstance = true;
    } else if (!whole_number(head_.header("x-amz-decoded-content-length"))) {
        refuse(411, "MissingContentLength", "The x-amz-decoded-content-length is missing.");
    } else if (const auto codings = split(head_.header("Content-Encoding"), ',');
               std::find(codings.begin(), codings.end(), "aws-chunked") == codings.end()) {
        refuse(400, "InvalidRequest", "Content-Encoding lacks aws-chunked.");
    } else {
        chunks_.emplace(signature_, [this](std::string_view content) { take(content); });
    }
}

void S3Judge::body(std::string_view block) {
    if (refusal_) return;
    if (chunks_) {
        chunks_->add(block);
    } else {
        take(block);
    }
}

void S3Judge::take(std::string_view content) {
    sha256_.update(content);
    md5_.update(content);
    object_.size += content.size();
    if (object_.size <= most_kept) object_.content += content;
}

void S3Judge::finish() {
    if (refusal_) return;
    if (object_.size > most_kept) object_.content.clear();
    object_.sha256 = sha256_.finish();
    object_.etag = md5_.finish();
    object_.headers = head_.headers;
    check_body();
}

void S3Judge::check_body() {
    if (chunks_) {
        const auto announced = whole_number(head_.header("x-amz-decoded-content-length"));
        if (chunks_->fault()) {
            refusal_ = chunks_->fault();
        } else if (!chunks_->complete() || chunks_->decoded() != announced) {
            refuse(400, "IncompleteBody", "The chunks do not have the announced length.");
        }
    } else if (is_hash(signature_.payload) && signature_.payload != object_.sha256) {
        refuse(400, "XAmzContentSHA256Mismatch", "The body's hash is " + object_.sha256);
    }
}

void S3Judge::refuse(int status, const std::string& code, const std::string& message) {
    refusal_ = S3Refusal{.status = status, .code = code, .message = message};
}

}  // namespace s3drop::test
