#include "form/encoded_word.h"

#include <algorithm>

#include "base/base64.h"
#include "base/percent.h"
#include "base/text.h"
#include "form/charset.h"

namespace s3drop {

namespace {

struct EncodedWord {
    std::string_view charset;
    char encoding;  // 'B' or 'Q', in either case
    std::string_view content;
    std::size_t length;  // of the whole word
};

// The encoded word that the text begins with.
std::optional<EncodedWord> first_word(std::string_view text) {
    constexpr std::string_view begin = "=?";
    constexpr std::string_view end = "?=";
    if (!text.starts_with(begin)) return std::nullopt;
    const std::size_t encoding = text.find('?', begin.size()) + 1;
    if (encoding == 0 || text.size() < encoding + 2 || text[encoding + 1] != '?')
        return std::nullopt;
    const std::size_t content = encoding + 2;
    const std::size_t content_end = text.find('?', content);
    if (content_end == std::string_view::npos || !text.substr(content_end).starts_with(end))
        return std::nullopt;
    const std::string_view charset = text.substr(begin.size(), encoding - 1 - begin.size());
    constexpr std::string_view encodings = "BbQq";
    if (!is_token(charset) || encodings.find(text[encoding]) == std::string_view::npos)
        return std::nullopt;
    return EncodedWord{.charset = charset.substr(0, charset.find('*')),
                       .encoding = text[encoding],
                       .content = text.substr(content, content_end - content),
                       .length = content_end + end.size()};
}

// RFC 2047 section 4.2: like quoted-printable, with "_" for a space.
std::optional<std::string> decode_q(std::string_view text) {
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '_', ' ');
    return decode_escapes(spaced, '=');
}

std::optional<std::string> bytes_of(const EncodedWord& word) {
    const bool is_base64 = word.encoding == 'B' || word.encoding == 'b';
    return is_base64 ? base64_decode(word.content) : decode_q(word.content);
}

// Consumes `word`, which the text begins with, the words of the same charset after it, and the
// blanks before any word that follows. Returns the words' text in UTF-8.
std::optional<std::string> take_words(std::optional<EncodedWord> word, std::string_view& text) {
    const std::string_view charset = word ? word->charset : "";
    std::string bytes;
    while (word && equal_ignoring_case(word->charset, charset)) {
        const auto decoded = bytes_of(*word);
        if (!decoded) return std::nullopt;
        bytes += *decoded;
        text.remove_prefix(word->length);
        const std::size_t blanks = std::min(text.find_first_not_of(" \t"), text.size());
        word = first_word(text.substr(blanks));
        if (word) text.remove_prefix(blanks);
    }
    return utf8_of(charset, bytes);
}

}  // namespace

bool has_encoded_word(std::string_view text) {
    for (; !text.empty(); text.remove_prefix(1))
        if (first_word(text)) return true;
    return false;
}

std::optional<std::string> decode_encoded_words(std::string_view text) {
    std::string decoded;
    while (!text.empty()) {
        const auto word = first_word(text);
        if (!word) {
            decoded += text.front();
            text.remove_prefix(1);
            continue;
        }
        const auto words = take_words(word, text);
        if (!words) return std::nullopt;
        decoded += *words;
    }
    return decoded;
}

}  // namespace s3drop
