// The object key, made from the operator's template (UPLOAD_KEY) and a name from the form.
//
// Placeholders: {name}; {stem}, the name before its last dot; {ext}, the rest of it, beginning with
// the dot ("" if there is no dot); {date}, such as 2026-01-31, in UTC; {uuid}, random; {user}, who
// is logged in to the web server. "{{" and "}}" are not special: a template has no literal braces.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace s3drop {

// The values of the placeholders for one upload.
struct KeyValues {
    std::string name;
    std::string date;
    std::string uuid;
    std::string user;  // "" if no one is logged in
};

class KeyTemplate {
  public:
    // Throws std::runtime_error, whose text says what would be valid, for an unknown placeholder,
    // an unmatched brace, or literal text that a key must not contain.
    explicit KeyTemplate(std::string_view text);

    // The checked object key: UTF-8, no control characters, no "." or ".." segment, 1 to 1,024
    // bytes. Throws Failure: bad_request if the name gives no such key; forbidden if the template
    // has {user}, and no one is logged in or the user's name contains a slash.
    std::string key(const KeyValues& values) const;

    // Whether the template has {uuid}, so that the caller has to generate one.
    bool has_uuid() const;

  private:
    enum class Placeholder { name, stem, ext, date, uuid, user };
    using Element = std::variant<std::string, Placeholder>;

    static Placeholder placeholder(std::string_view name);
    static std::string expand(Placeholder placeholder, const KeyValues& values);
    std::string expand_all(const KeyValues& values) const;

    std::vector<Element> elements_;
};

}  // namespace s3drop
