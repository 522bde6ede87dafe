// The object key: a name from the form, put into the operator's template (UPLOAD_KEY).
//
// Placeholders: {name}; {stem} and {ext}, the name before its last dot and from it on (the dot
// included, "" where there is none); {date} as 2026-01-31, UTC; {uuid}, random; {user}, who signed
// in to the web server. "{{" and "}}" are not special: a template has no literal braces.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace s3drop {

// What one upload puts into the placeholders.
struct KeyValues {
    std::string name;
    std::string date;
    std::string uuid;
    std::string user;  // "" where nobody signed in
};

class KeyTemplate {
  public:
    // Throws std::runtime_error, which says what would be right, for an unknown placeholder, a
    // brace on its own, or literal text that no key may hold.
    explicit KeyTemplate(std::string_view text);

    // The checked object key: UTF-8, no controls, no "." or ".." segment, 1 to 1,024 bytes.
    // Throws Failure: bad_request for a name that cannot be stored, forbidden where {user} is
    // needed and nobody signed in.
    std::string key(const KeyValues& values) const;

    // Whether one has to be drawn.
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
