// What the workloads of a check gave, in their order, up to the last that is wanted: what lies
// behind the first violation, or the first error, is dropped, however fast it was found.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "model/archive.hpp"
#include "model/check_options.hpp"
#include "model/run_statistics.hpp"
#include "model/task_schedule.hpp"
#include "model/workload_check.hpp"

namespace simcheck::model {

struct CheckRunOutcome {
  /// In the order of the workloads, up to the first that was violated unless the check keeps going.
  /// Nothing for those that were not begun.
  std::vector<std::optional<WorkloadOutcome>> outcomes;
  bool stopped_at_violation = false;
  bool interrupted = false;
  std::string bound;         ///< the limit that ended it; empty: none
  std::exception_ptr error;  ///< what ended it in the last workload, of which there is no outcome
};

/// Workers keep their calls apart, but for is_wanted().
class RunOutcomes {
 public:
  /// The options must outlive it.
  explicit RunOutcomes(const CheckOptions& options)
      : options_(options), outcomes_(options.workloads.size()) {}

  bool is_wanted(std::size_t workload) const { return workload <= last_wanted_; }

  /// The workload is done.
  void add(std::size_t workload, WorkloadOutcome outcome);
  /// The run ended in the middle of the task.
  void add_cut_short(const Task& task, WorkloadOutcome so_far);
  /// The workload cannot be explored.
  void add_error(std::size_t workload, const std::exception_ptr& error);
  /// Does an error, and no violation before it, end the run?
  bool has_failed() const { return error_ && error_at_ == last_wanted_; }

  /// Tells whoever asked for it of the workloads that are done since the last time: in order, so
  /// that what lies behind the first violation is never told.
  void tell_done();
  /// The run is over: adds what is known of workloads that were not finished. In what was saved
  /// before, they are still to be explored.
  void end(TaskSchedule& schedule);
  void describe(RunStatistics& statistics, const TaskSchedule& schedule) const;
  /// Leaves open which limit ended the run.
  CheckRunOutcome take();

  void save_or_load(Archive& archive, TaskSchedule& schedule);

 private:
  struct CutShort {
    std::size_t workload;
    bool is_part;
    WorkloadOutcome so_far;
  };

  void want_up_to(std::size_t workload);

  static constexpr std::size_t kAll = SIZE_MAX;

  const CheckOptions& options_;
  std::vector<std::optional<WorkloadOutcome>> outcomes_;  // of workloads that are done
  std::atomic<std::size_t> last_wanted_ = kAll;           // what lies behind it does not count
  std::size_t told_ = 0;                                  // workloads that were told to be done
  std::vector<CutShort> cut_short_;
  std::exception_ptr error_;
  std::size_t error_at_ = 0;  // the workload it came from
};

}  // namespace simcheck::model
