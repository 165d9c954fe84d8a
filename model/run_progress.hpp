// How far a check is, in executions and as a share of its work, and when that is told.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/archive.hpp"
#include "model/check_options.hpp"
#include "model/run_statistics.hpp"
#include "model/stopwatch.hpp"
#include "model/task_schedule.hpp"

namespace simcheck::model {

/// Workers keep their calls apart.
class RunProgress {
 public:
  /// All must outlive it.
  RunProgress(const CheckOptions& options, const Stopwatch& stopwatch,
              const TaskSchedule& schedule);

  void task_done(const Counts& counts) { counts_done_ += counts; }
  void workload_done(std::size_t workload);

  /// Of the tasks that are done.
  const Counts& counts_done() const { return counts_done_; }

  /// Tells it, unless it was told lately or nobody wants to know. `workload` is being explored.
  void tell(std::size_t workload);
  void describe(RunStatistics& statistics) const { statistics.counts_before = counts_before_; }

  void save_or_load(Archive& archive);
  /// The run goes on from what was loaded.
  void go_on();

 private:
  Counts counts() const;
  double share() const;

  const CheckOptions& options_;
  const Stopwatch& stopwatch_;
  const TaskSchedule& schedule_;
  std::vector<double> weights_;  // of the workloads: guesses of their work
  double weight_ = 0;            // of all

  std::uint64_t workloads_done_ = 0;
  Counts counts_done_;
  double weight_done_ = 0;
  double last_told_ = 0;  // seconds

  Counts counts_before_;  // of the run that this one goes on from
  double share_before_ = 0;
  Counts counts_at_save_;
};

}  // namespace simcheck::model
