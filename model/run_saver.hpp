// When the state of a run is saved. Workers are never stopped for it: once it is time, each notes
// the state of its own task between two executions, and the last one to do so saves them all.
//
// The states of two tasks need not be of one moment, since neither depends on the other.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "model/checkpoint_options.hpp"
#include "model/run_statistics.hpp"
#include "model/stopwatch.hpp"

namespace simcheck::model {

class RunSaver {
 public:
  RunSaver(const CheckpointOptions& options, std::size_t workers)
      : options_(options), round_of_(workers) {}

  bool is_wanted() const { return options_.save != nullptr; }

  /// The round in which states are to be noted now; 0: none. Any thread may ask.
  std::uint64_t round() const { return round_; }
  /// Has the worker still to note its state in this round?
  bool lacks_state_of(std::size_t worker, std::uint64_t round) const {
    return round != 0 && round_of_[worker] != round;
  }

  // The caller keeps calls of these two apart.

  /// The worker, one of the busy ones, has noted what it had to in this round; out of a round, one
  /// begins if it is time. True if nothing is lacking any more: then the caller must save it all.
  bool advance(std::size_t worker, std::uint64_t round, const std::vector<std::size_t>& busy,
               double now);
  /// The worker is through with its task.
  void done(std::size_t worker) { round_of_[worker] = 0; }

  /// Saves, on the calling thread.
  void save(std::string state, const Stopwatch& stopwatch, bool is_last);

  void describe(RunStatistics& statistics) const;

 private:
  const CheckpointOptions& options_;
  std::atomic<std::uint64_t> round_ = 0;
  std::uint64_t rounds_ = 0;             // so far
  std::vector<std::uint64_t> round_of_;  // by worker: the last in which it noted its task's state
  double last_round_ = 0;                // when it began, in seconds
  std::atomic<bool> is_saving_ = false;

  std::uint64_t saves_ = 0, bytes_ = 0;  // written by whoever saves
  double seconds_ = 0;
};

}  // namespace simcheck::model
