#include "settings/setting_names.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/text.h"

namespace s3drop {

namespace {

// The Levenshtein distance.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

// Whether an unknown name may be shown. If a line of the file is broken in two, the second half of
// a secret that ends in "=" looks like a name.
bool looks_like_a_setting(const std::string& name) {
    const std::string lower = lower_case(name);
    return (lower.starts_with("upload_") || lower.starts_with("aws_")) &&
           is_alphanumeric_or("_", name);
}

}  // namespace

std::string nearest_name(const std::string& name, const std::vector<std::string>& names) {
    constexpr std::size_t too_far = 4;
    std::string nearest;
    std::size_t least = too_far;
    for (const std::string& each : names) {
        const std::size_t here = distance(name, each);
        if (here >= least) continue;
        least = here;
        nearest = each;
    }
    return nearest;
}

std::string unknown_setting(const std::string& name, const std::vector<std::string>& names) {
    const std::string meant = nearest_name(name, names);
    return (looks_like_a_setting(name)
                ? name + ": unknown setting"
                : "unknown setting (not shown because it may be part of a secret)") +
           (meant.empty() ? "" : "; did you mean " + meant + "?");
}

std::string redacted(const std::string& name, const std::string& value) {
    const bool may_be_secret =
        name == "UPLOAD_S3_HEADERS" || value.find_first_of("@?") != std::string::npos;
    return may_be_secret ? name : name + "=" + printable(value);
}

}  // namespace s3drop
