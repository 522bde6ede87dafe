// The ways to send a file to the store: after it has come in completely, or while it comes in.
#pragma once

#include <array>
#include <iosfwd>
#include <string>
#include <vector>

#include "site/client.h"

namespace s3drop::test {

enum class Sending { signed_whole, unsigned_over_tls, chunked };

inline constexpr std::array sendings = {Sending::signed_whole, Sending::unsigned_over_tls,
                                        Sending::chunked};

std::ostream& operator<<(std::ostream& out, Sending sending);

// The lines of upload.conf that select it, for settings_for().
std::vector<std::string> settings_of(Sending sending, const StoreAccess& store);

}  // namespace s3drop::test
