// The whole contract between an exploration algorithm and the machine that runs executions.
//
// The explorer asks for the choices that an execution begins with, repeats them, then asks for one
// choice after the other and tells what each transition did. To add a strategy, copy dfs.cpp, or
// random_walk.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "model/footprint_table.hpp"
#include "model/sampled.hpp"
#include "model/schedule.hpp"
#include "model/visited.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

/// What a strategy is told of a transition past the prefix.
struct Transition {
  sim::FiberId fiber{};
  FootprintId footprint = kEmptyFootprint;
  bool is_section = true;  ///< code ran; else a disk request took effect
  bool is_cut = false;     ///< the power was cut: whatever it touches, nothing can come after it
};

/// How an execution begins.
struct Prefix {
  std::span<const sim::FiberId> choices;
  bool starts_over = false;  ///< the exploration begins anew; executions so far do not count
  bool comes_back = false;   ///< these choices will be made again: a hint
};

/// A fiber that another keeps from running for good, and what its next transition at least touches:
/// the lock that it wants, or the thread that is stopped.
struct StuckFiber {
  sim::FiberId fiber{};
  FootprintId footprint = kEmptyFootprint;
};

/// A fiber to run next, or none. One word in a register, which an std::optional is not: that is
/// put together in memory, and whoever reads it at once waits for the stores.
class Choice {
 public:
  Choice(sim::FiberId fiber) : fiber_(fiber) {}  // NOLINT: a fiber is a choice
  Choice(std::nullopt_t) {}                      // NOLINT: so is none

  explicit operator bool() const { return fiber_ != kNone; }
  sim::FiberId operator*() const { return fiber_; }

 private:
  static constexpr sim::FiberId kNone{UINT32_MAX};
  sim::FiberId fiber_ = kNone;
};

/// Lets a strategy look at an execution that it does not want to count.
class Prober {
 public:
  virtual ~Prober() = default;
  /// The footprint of the last of these choices, made from the start; nothing if they cannot be
  /// made. Only to be called from next_execution().
  virtual std::optional<FootprintId> probe(std::span<const sim::FiberId> choices) = 0;
};

class Archive;
class HappensBefore;

class Strategy {
 public:
  virtual ~Strategy() = default;

  /// How the next execution begins: with choices of the execution before it; nothing when the
  /// exploration is over. The first prefix is empty.
  virtual std::optional<Prefix> next_execution() = 0;

  /// The next choice among `enabled` (not empty); nothing to abandon the execution as redundant.
  virtual Choice choose(sim::FiberSet enabled) = 0;

  /// The chosen transition was run.
  virtual void executed(const Transition& transition) = 0;

  /// No transition is enabled any more. `stuck` could still run, did nobody keep them from it.
  virtual void reached_end(std::span<const StuckFiber> stuck) { static_cast<void>(stuck); }

  /// The order of events of the current execution; null if it does not keep track.
  virtual const HappensBefore* order() const { return nullptr; }
  /// What commutes has changed: the next execution is to be the first of a new exploration.
  virtual void start_over() {}

  /// Does it leave out executions for what footprints say of others?
  virtual bool reduces() const { return false; }

  /// Does the execution that just ended count? Asked once, after its end.
  virtual bool counts() { return true; }
  /// If it does, and ends with a power cut: is what the cut left all that is to be judged?
  virtual bool counts_cut_alone() const { return false; }

  /// Has a bound on the schedule kept anything from being explored, as far as it is known?
  virtual bool was_cut() const { return false; }

  /// What it can say of the executions it drew so far; nothing unless it draws them at random.
  virtual std::optional<Sampled> sampled() { return std::nullopt; }

  /// The states it visited so far; nothing unless it recognises states.
  virtual std::optional<Visited> visited() { return std::nullopt; }

  /// Saves or loads where it is between two executions, so that a strategy made anew for the same
  /// scenario goes on in the same way. The explorer's part of it comes first (Explorer). To be
  /// asked only of strategies that override it.
  virtual void save_or_load(Archive& archive);

  /// How much of its work is done, from 0 to 1: a guess, for progress (see docs/long-runs.md).
  virtual double share() const { return 0; }

  /// Bytes that it may allocate at once within the next few thousand executions.
  virtual std::size_t growth() const { return 0; }
};

/// Depth-first over every choice, no reduction: slow, simple, the oracle for the others.
std::unique_ptr<Strategy> make_dfs();

/// Dynamic partial-order reduction: one execution per Mazurkiewicz trace. `footprints` and `prober`
/// are the explorer's and must outlive the strategy.
std::unique_ptr<Strategy> make_dpor(const FootprintTable& footprints, Prober& prober,
                                    std::size_t fibers);

}  // namespace simcheck::model
