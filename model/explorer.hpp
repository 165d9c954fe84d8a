// Runs executions of one scenario as a strategy chooses them, and has each judged.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/crash_check.hpp"
#include "model/divergence.hpp"
#include "model/footprint_table.hpp"
#include "model/in_progress.hpp"
#include "model/open_stores.hpp"
#include "model/result.hpp"
#include "model/schedule.hpp"
#include "model/shown.hpp"
#include "model/split.hpp"
#include "model/strategy.hpp"
#include "model/trace_facts.hpp"
#include "properties/property.hpp"
#include "sim/checkpoints.hpp"
#include "sim/heap_watch.hpp"
#include "sim/testbed.hpp"

namespace simcheck::model {

/// What an exploration spent, apart from what it found.
struct ExplorerStatistics {
  std::uint64_t transitions_run = 0;  ///< also those run to come back to a branch, or to probe
  std::uint64_t probes = 0;
  std::uint64_t checkpoints_saved = 0;
  std::uint64_t checkpoints_restored = 0;
  std::uint64_t restarts = 0;  ///< executions that were run from the very start
  std::string no_checkpoints;  ///< why there are none; empty if there are

  ExplorerStatistics& operator+=(const ExplorerStatistics& other);
};

/// Properties that were exercised so far, one flag each.
using Exercised = std::vector<bool>;

/// How to get back to an earlier moment. Either way gives the same results.
enum class Backtracking : std::uint8_t {
  kCheckpoints,  ///< restore the latest checkpoint before it, where the scenario allows
  kReexecution,  ///< run again from the start
};

/// Which executions count as one.
enum class Equivalence : std::uint8_t {
  kTrace,     ///< Mazurkiewicz: those that differ by swapping independent neighbours
  kObserved,  ///< and by the order of stores that nobody sees (open_stores.hpp); only for dpor
};

struct ExplorerOptions {
  std::uint32_t steps_max = 30'000;  ///< longer executions are ended and judged as too long
  Backtracking backtracking = Backtracking::kCheckpoints;
  Equivalence equivalence = Equivalence::kTrace;
  /// With kObserved: of executions that show all properties the same, as far as they declare what
  /// they look at, only the first is judged (shown.hpp). Changes no result.
  bool judge_alike_once = false;
  std::optional<PowerCut> power_cut{};  ///< how to judge executions that end with one
  Part part{};        ///< only the executions that keep to these orders; run_next() checks them
  Subject subject{};  ///< what InProgress says of them
  /// Asked while the images of a power cut are judged. True: run_next() throws JudgingStopped.
  std::function<bool()> must_stop{};
};

class Explorer final : public Prober {
 public:
  /// `build` makes the scenario's world, and must make the same one each time.
  explicit Explorer(sim::Testbed::Build build, properties::PropertyList properties = {},
                    ExplorerOptions options = {});

  const FootprintTable& footprints() const { return footprints_; }
  std::size_t fiber_count() { return testbed_.world().fiber_count(); }

  enum class Outcome : std::uint8_t { kHolds, kViolated, kBlocked };

  /// Runs the strategy's next execution; nothing when it has no more. Throws Divergence,
  /// SplitBroken if there is a part that an execution does not keep to, and JudgingStopped: the
  /// next call judges that execution.
  std::optional<Outcome> run_next(Strategy& strategy);

  std::optional<FootprintId> probe(std::span<const sim::FiberId> choices) override;

  /// Saves or loads where both are between two executions, or within ExplorerOptions::must_stop.
  /// They are to be loaded by an explorer of the same scenario and options and a strategy made for
  /// it, before they run anything. Throws Divergence if the scenario does other things than when it
  /// was saved.
  void save_or_load(Archive& archive, Strategy& strategy);

  /// How it went about it; not part of any result.
  const ExplorerStatistics& statistics() const { return statistics_; }

  /// The counts of all executions so far, and what their properties saw.
  const Counts& counts() const { return counts_; }
  const Exercised& exercised() const { return exercised_; }
  CrashCounts crashes() const { return crash_check_ ? crash_check_->counts() : CrashCounts{}; }

  /// How often stores were found to be observed, and the exploration started over.
  std::uint32_t orderings() const { return orderings_; }
  /// The transitions of the last execution.
  std::vector<Transition> transitions() const;

  /// Of the last execution: its choices, and what it broke if it was kViolated.
  Schedule schedule() const;
  const std::vector<BrokenProperty>& broken() const { return broken_; }
  bool deadlocked() const { return ending_ == sim::Ending::kDeadlocked; }

  /// The world after the last execution, until the next.
  sim::World& world() { return testbed_.world(); }
  const sim::World& world() const { return testbed_.world(); }

  /// For InProgress, while run_next() runs: where it is, and the steps that led there. Of kInStep,
  /// the one that runs is not among them.
  InProgress::Place place() const { return place_; }
  std::size_t steps_behind() const;
  sim::FiberId step_behind(std::size_t i) const;

 private:
  // A step of the current execution, to check that going the same way gives the same.
  struct Step {
    sim::FiberId fiber;
    sim::FiberSet enabled;
    FootprintId footprint;
    bool is_section;
    bool is_plain_effect = false;  // see sim::DiskEffect; this and what follows are not saved
    std::uint32_t effect = 0;
    std::uint64_t touches = 0;  // see sim::World
    sim::Tapes::Lengths tapes{};

    void save_or_load(Archive& archive);
  };

  std::optional<FootprintId> follow(std::size_t i, std::span<const sim::FiberId> choices);
  std::size_t back_to(std::size_t depth);
  void leave_path();
  void go_to(std::size_t depth);
  void repeat(std::size_t from, std::size_t to);
  void check_again(std::size_t from, std::size_t to);
  void run_twice(bool in_other_orders);
  // An order of the transitions of steps_, by their places there.
  using Places = std::vector<std::uint32_t>;
  std::optional<std::string> difference_in_other_orders();
  std::uint64_t seed_of_path() const;
  TraceFacts facts_of(const Places& places);
  std::optional<TraceFacts::Difference> difference_in(const Places& places,
                                                      const TraceFacts& facts);
  std::string undeclared_state(const Places& places, const TraceFacts& facts);
  void run_to_the_end();
  std::string what_else(const Step& step) const;
  std::string why_not(sim::FiberId fiber) const;
  std::optional<std::string> exception_of(sim::FiberId fiber) const;
  bool may_trust_tapes();
  [[noreturn]] void report_other_choices(std::size_t step, sim::FiberSet before) const;
  [[noreturn]] void report_other_touches(std::size_t step) const;
  // One transition of the path, with a checkpoint every few of them. Inline, as World::run() is.
  [[gnu::always_inline]] void run(sim::FiberId fiber) {
    if (checkpoints_) consider_saving();
    testbed_.world().run(fiber);
    ++statistics_.transitions_run;
  }
  void consider_saving();
  void save_checkpoint();
  void drop_unsafe_checkpoints();
  void consider_checkpoints();
  bool explore(Strategy& strategy);
  FootprintId footprint_of_last(sim::FiberId fiber);
  void find_stuck();
  void check_part(sim::FiberId fiber) const;
  void check_part_at_end() const;
  bool is_known(const HappensBefore* execution = nullptr, const LastStores& last = {});
  Outcome judge_what_is_new();
  Outcome judge();
  void find_broken();
  Outcome count_judged();
  void look_at_stores(Strategy& strategy, std::size_t first_new);
  void run_reordered(const HappensBefore& execution);
  std::optional<LastStores> next_outcome(const Strategy& strategy);
  Outcome judge_other_outcome(const HappensBefore& execution, const LastStores& last);
  void go_on_from_saved(const Strategy& strategy);

  sim::Testbed testbed_;
  properties::PropertyList properties_;
  ExplorerOptions options_;
  FootprintTable footprints_;
  static constexpr std::size_t kLikelyEach = 64;
  std::vector<FootprintId> likely_;  // [f * kLikelyEach + n]: what transition n of f touched last
  std::vector<Step> steps_;
  // What the world follows if not steps_: a probe's choices, reordered_, or other_order_.
  std::span<const sim::FiberId> other_path_;
  Schedule other_order_;  // of steps_, to see whether it is the same in it
  InProgress::Place place_ = InProgress::Place::kBetween;
  std::vector<StuckFiber> stuck_;

  std::optional<Shown> shown_;                  // of steps_
  bool can_be_known_ = false;                   // there: what is_known() was asked about last
  std::vector<sim::TransitionName> made_last_;  // the outcome to look up there
  OpenStores open_stores_;
  std::uint32_t orderings_ = 0;  // of the footprint table, as far as this exploration has them
  std::vector<sim::DiskEffect> effects_;  // of steps_; numbered as in reordered_, if there is
  std::vector<sim::DiskEffect> effects_on_path_;  // of steps_, while there is reordered_
  bool has_outcomes_ = false;  // the last execution may have some, not judged yet
  Schedule reordered_;         // of the outcome judged last; empty: it is steps_

  std::optional<sim::Checkpoints> checkpoints_;  // along steps_; none as long as it re-executes
  std::uint32_t checkpoint_distance_ = 1;        // transitions between two checkpoints of a path
  bool fresh_ = true;
  bool taped_ = false;      // what steps_ appended is on the world's tapes
  bool left_path_ = false;  // and is to be put back there
  const std::uint64_t heap_allocations_ = sim::heap_allocations_while_running();
  // No more are tried in other orders: of longer executions, of later ones (large workloads are
  // split between workers then, which must not show).
  static constexpr std::size_t kReorderedMax = 2048;
  static constexpr std::uint64_t kReorderedRuns = 2048;
  // The first executions run from the start, with nothing left out, and some later ones.
  static constexpr std::uint64_t kFirstRuns = 32, kWholeRunEvery = 4096;
  std::uint64_t runs_ = 0;  // executions, started over ones too
  ExplorerStatistics statistics_;

  std::optional<CrashCheck> crash_check_;
  bool is_judging_ = false;  // the last execution; it is not in counts_ yet
  Counts counts_;
  Exercised exercised_;
  sim::Ending ending_ = sim::Ending::kFinished;
  std::vector<BrokenProperty> broken_;
};

}  // namespace simcheck::model
