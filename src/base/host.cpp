#include "base/host.h"

#include "base/decimal.h"
#include "base/text.h"

namespace s3drop {

namespace {

bool is_port(std::string_view text) {
    constexpr std::size_t most_digits = 5;
    const std::uint64_t number = parse_decimal(text, most_digits).value_or(0);
    return number >= 1 && number <= 65535;
}

}  // namespace

std::optional<HostAndPort> parse_host(std::string_view text) {
    HostAndPort parsed;
    const std::size_t colon = text.find(':');
    parsed.host = lower_case(text.substr(0, colon));
    if (colon != std::string_view::npos) {
        parsed.port = text.substr(colon + 1);
        if (!is_port(parsed.port)) return std::nullopt;
    }
    const bool good = !parsed.host.empty() && parsed.host.size() <= 253 &&
                      is_alphanumeric_or(".-_", parsed.host) && !parsed.host.starts_with('.') &&
                      parsed.host.find("..") == std::string::npos;
    if (!good) return std::nullopt;
    return parsed;
}

std::string default_port(std::string_view scheme) {
    return scheme == "https" ? "443" : scheme == "http" ? "80" : "";
}

}  // namespace s3drop
