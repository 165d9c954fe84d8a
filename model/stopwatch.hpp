// The time that a run takes, and the runs that it goes on from took.
#pragma once

#include <chrono>

namespace simcheck::model {

class Stopwatch {
 public:
  /// Since it was made.
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
  /// Of the runs before.
  double seconds_before() const { return seconds_before_; }
  /// With those before.
  double seconds_of_all() const { return seconds_before_ + seconds(); }
  void add_before(double seconds) { seconds_before_ += seconds; }

 private:
  using Clock = std::chrono::steady_clock;

  Clock::time_point start_ = Clock::now();
  double seconds_before_ = 0;
};

}  // namespace simcheck::model
