// How often a worker looks at what is not its work: limits, progress, what is to be saved.
#pragma once

#include <cstdint>

#include "model/stopwatch.hpp"

namespace simcheck::model {

/// A look takes as long as a short execution, and executions take microseconds or seconds: so
/// there is one about every hundredth of a second, and no later than after kMost executions.
class alignas(64) Pace {  // no two on one cache line
 public:
  static constexpr std::uint32_t kMost = 1024;

  /// Asked after each execution.
  bool is_due(const Stopwatch& stopwatch) {
    if (++since_ < every_) return false;
    since_ = 0;
    const double now = stopwatch.seconds();
    const double took = now - last_look_;
    last_look_ = now;
    if (took < 0.005 && every_ < kMost) every_ *= 2;
    if (took > 0.02 && every_ > 1) every_ /= 2;
    return true;
  }

 private:
  std::uint32_t every_ = 1, since_ = 0;
  double last_look_ = 0;
};

}  // namespace simcheck::model
