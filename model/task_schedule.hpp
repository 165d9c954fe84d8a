// What is to be explored, shared among workers: workloads, and the parts of those that were split.
//
// A part that violates a property or turns out to be none makes its workload void as parts: it is
// explored whole, by one worker, so that what is reported is what one worker would have reported.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "model/split.hpp"
#include "model/workload_check.hpp"

namespace simcheck::model {

/// A workload, or a part of one, to be explored by one worker.
struct Task {
  std::size_t workload = 0;
  Part part{};  ///< empty: the whole
  bool is_part() const { return !part.empty(); }
};

/// Safe to use from several threads.
class TaskSchedule {
 public:
  explicit TaskSchedule(std::size_t workloads) : workloads_(workloads) {}

  /// The next task, in the order of workloads; waits while others may still split theirs. Nothing
  /// when all is done.
  std::optional<Task> take();
  /// The worker is through with the task that it took last.
  void done();

  /// Is splitting it of use now: does some worker wait for work?
  bool may_split(const Task& task) const;
  /// The workload is explored in parts from now on.
  void split(std::size_t workload, std::vector<Part> parts);
  /// It cannot be split.
  void keep_whole(std::size_t workload);

  /// Is the task's outcome of no use any more?
  bool is_void(const Task& task) const;

  /// Adds the outcome of a part (nothing if it was not run). Gives the outcome of the workload with
  /// the last part, unless the workload has to be explored whole; if not `goes_on`, then what there
  /// is.
  std::optional<WorkloadOutcome> join(const Task& task, std::optional<WorkloadOutcome> outcome,
                                      bool goes_on);

 private:
  struct Parts {
    std::size_t missing = 0;
    bool is_void = false;
    bool is_whole = false;  // not to be split
    std::optional<WorkloadOutcome> sum;
  };

  const std::size_t workloads_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t next_ = 0;    // the first workload that nobody has taken
  std::deque<Task> ready_;  // parts, and workloads to be explored again
  std::size_t running_ = 0;
  std::size_t waiting_ = 0;
  std::map<std::size_t, Parts> parts_;  // by workload
};

}  // namespace simcheck::model
