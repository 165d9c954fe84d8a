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
#include <span>
#include <string>
#include <vector>

#include "model/split.hpp"
#include "model/workload_check.hpp"

namespace simcheck::model {

/// A workload, or a part of one, to be explored by one worker.
struct Task {
  std::size_t workload = 0;
  Part part{};  ///< empty: the whole
  // How far it has come, as far as it was noted.
  std::string state{};  ///< to go on from; empty: it is to begin at the start
  Counts counts{};
  double share = 0;  ///< of its work, a guess

  bool is_part() const { return !part.empty(); }

  void save_or_load(Archive& archive);
};

/// Safe to use from several threads.
class TaskSchedule {
 public:
  explicit TaskSchedule(std::size_t workloads) : workloads_(workloads) {}
  /// Before the first take(): workers are numbered from 0.
  void set_workers(std::size_t workers) { taken_.resize(workers); }

  /// The next task, in the order of workloads; waits while others may still split theirs. Nothing
  /// when all is done, or after stop(). Without its state: that is for take_state().
  std::optional<Task> take(std::size_t worker);
  /// The state of the task that the worker took last, which keeps none.
  std::string take_state(std::size_t worker);
  /// How far the worker has come with the task that it took last.
  void note(std::size_t worker, const Counts& counts, double share);
  void note_state(std::size_t worker, std::string state);
  /// Forgets the states that were noted of tasks that go on.
  void drop_states();
  /// The worker is through with the task that it took last.
  void done(std::size_t worker);
  /// The worker leaves its task for another run of the check, in this state if it was begun.
  void put_back(std::size_t worker, std::string state);
  /// No more tasks are to be begun.
  void stop();
  /// Does all that was loaded concern workloads that there are?
  bool is_possible() const;

  /// Is splitting it of use now: does some worker wait for work?
  bool may_split(const Task& task) const;
  /// The workload that the worker took is explored in parts from now on.
  void split(std::size_t worker, std::vector<Part> parts);
  /// It cannot be split.
  void keep_whole(std::size_t workload);

  /// Is the task's outcome of no use any more?
  bool is_void(const Task& task) const;

  /// Adds the outcome of a part (nothing if it was not run). Gives the outcome of the workload with
  /// the last part, unless the workload has to be explored whole; if it is not wanted any more,
  /// then what there is.
  std::optional<WorkloadOutcome> join(const Task& task, std::optional<WorkloadOutcome> outcome,
                                      bool is_wanted);

  /// The workers that have a task.
  std::vector<std::size_t> busy() const;
  /// Of all tasks that are begun and not done.
  Counts counts() const;
  /// The work that was done on workloads that are not done, by these weights of the workloads.
  double work_done(std::span<const double> weights) const;
  /// Into how many parts a workload was split; 0: it is whole.
  std::size_t parts_of(std::size_t workload) const;
  /// The sums of workloads of which not all parts are explored, or the parts are void.
  std::map<std::size_t, WorkloadOutcome> take_unfinished();

  /// What is not explored yet, tasks that were taken among it.
  void save_or_load(Archive& archive);

 private:
  struct Parts {
    std::size_t total = 0;
    std::size_t missing = 0;
    bool is_void = false;
    bool is_whole = false;  // not to be split
    std::optional<WorkloadOutcome> sum;

    void save_or_load(Archive& archive);
  };

  template <typename Visit>
  void for_begun(Visit visit) const;

  const std::size_t workloads_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t next_ = 0;                    // the first workload that nobody has taken
  std::deque<Task> ready_;                  // parts, and workloads to be explored again, or further
  std::vector<std::optional<Task>> taken_;  // by worker
  std::size_t running_ = 0;                 // workers; some split what they took
  std::size_t waiting_ = 0;
  bool stopped_ = false;
  std::map<std::size_t, Parts> parts_;  // by workload
};

}  // namespace simcheck::model
