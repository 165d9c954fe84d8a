// Figures of the machine as text: rates, times, amounts of memory.
#pragma once

#include <cstdint>
#include <string>

namespace simcheck::reports {

/// 0 in no time at all.
double per_second(std::uint64_t count, double seconds);

/// Three digits at most, so that a line does not jitter: "950/s", "9.5k/s", "1.2M/s".
std::string rate(std::uint64_t count, double seconds);

/// "1:05", "2:03:04".
std::string clock(double seconds);

/// "15.2m", "3.4g": of 1024 each, as users write sizes.
std::string memory(std::uint64_t bytes);

}  // namespace simcheck::reports
