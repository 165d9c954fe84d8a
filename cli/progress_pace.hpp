// How often a line of progress is worth writing.
#pragma once

#include <chrono>

namespace simcheck::cli {

class ProgressPace {
 public:
  /// True ten times a second; asks for the time only every so many calls.
  bool is_due() {
    if (++calls_ % kCallsPerLook != 0) return false;
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::milliseconds(100)) return false;
    last_ = now;
    return true;
  }

 private:
  static constexpr unsigned kCallsPerLook = 16;
  unsigned calls_ = 0;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace simcheck::cli
