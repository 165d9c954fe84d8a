// What ends a check before all is explored: a limit, or whoever asked for it to be stopped.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "model/check_options.hpp"
#include "model/stopwatch.hpp"

namespace simcheck::model {

/// The limit on time, as it is told.
std::string time_bound(double seconds_max);

/// Workers ask it between two executions. The first reason counts.
class RunLimits {
 public:
  /// Both must outlive it.
  RunLimits(const CheckOptions& options, const Stopwatch& stopwatch)
      : options_(options), stopwatch_(stopwatch) {}

  /// What is cheap to ask after each execution. `executions` are those of the run, blocked ones
  /// among them; looked at only if there is a limit on them. True: the run is over.
  bool end_after(std::uint64_t executions);
  /// What is asked now and then: time, once something was looked at, and memory, with what the
  /// worker may allocate at once soon, in bytes.
  bool end_now(bool has_looked, std::uint64_t growth);

  bool has_ended() const { return ended_; }
  bool was_interrupted() const { return interrupted_; }
  /// The limit that ended the run, as it is told; empty: none. To be asked when the workers are
  /// done.
  const std::string& bound() const { return bound_; }

 private:
  bool end_at(std::string bound);

  const CheckOptions& options_;
  const Stopwatch& stopwatch_;
  std::atomic<bool> ended_ = false;
  std::atomic<bool> interrupted_ = false;
  std::mutex mutex_;  // guards what follows
  double next_look_at_memory_ = 0;
  std::string bound_;
};

}  // namespace simcheck::model
