// Wording that findings, listings and reports share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "logs/walk.hpp"

namespace simcheck::logs {

// "1 entry", "2 entries", "9 sectors".
std::string counted(std::uint64_t number, std::string_view noun);

// Why bytes cannot be a header: "unknown flags".
std::string_view why(HeaderFault fault);

}  // namespace simcheck::logs
