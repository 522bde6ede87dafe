#include "base/host.h"

#include "base/text.h"

namespace s3drop {

namespace {

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 &&
           text.find_first_not_of("0123456789") == std::string_view::npos &&
           std::stoi(std::string(text)) >= 1 && std::stoi(std::string(text)) <= 65535;
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
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
    const bool good = !parsed.host.empty() && parsed.host.size() <= 253 &&
                      parsed.host.find_first_not_of(allowed) == std::string::npos &&
                      !parsed.host.starts_with('.') && parsed.host.find("..") == std::string::npos;
    if (!good) return std::nullopt;
    return parsed;
}

}  // namespace s3drop
