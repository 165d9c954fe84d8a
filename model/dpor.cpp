// Optimal dynamic partial-order reduction.
//
// Source: Abdulla, Aronis, Jonsson, Sagonas, "Source Sets: A Foundation for Optimal Dynamic Partial
// Order Reduction", J. ACM 64(4), 2017, algorithm 2: sleep sets and wakeup trees. A race (e, e') of
// an execution E is reversed by exploring, from the node before e, what does not happen after e,
// and then e'.
//
// Deviations. Enabling (a wake-up, a latch) orders events but is no race. A fiber whose thread is
// stopped at the end of an execution is taken to race with the transition that stopped it.
//
// What a section touches may depend on what it reads, so e' moved before e may have another
// footprint than it had in E, and the algorithm needs the one it will have. As long as the n-th
// transition of a fiber has always had the same footprint, that one is taken. When one is seen
// with a second footprint, the exploration starts over, and from then on that transition's
// footprint is found by running it there (Prober). Effects of disk requests need no such care:
// what they touch was fixed when they were submitted.
//
// A power cut ends an execution, though it conflicts with few transitions only. So it is no part of
// what is moved before e, where more is to come; it never stands for a sequence without it, since
// nothing comes behind it; and one that sleeps in the end is run all the same: else what came
// before it would not count as explored to its end.
//
// Until a footprint is seen to depend on the state, most races are reversed once, with what lies
// before e', and not after every execution with all that does not happen after e (see settle()).
#include <fmt/format.h>

#include <bit>
#include <span>
#include <vector>

#include "model/archive_types.hpp"
#include "model/divergence.hpp"
#include "model/happens_before.hpp"
#include "model/probe_answers.hpp"
#include "model/sleep_sets.hpp"
#include "model/strategy.hpp"
#include "model/tree_share.hpp"
#include "model/usual_footprints.hpp"
#include "model/wakeup_tree.hpp"
#include "sim/assert.hpp"

namespace simcheck::model {
namespace {

class Dpor final : public Strategy {
 public:
  Dpor(const FootprintTable& footprints, Prober& prober, std::size_t fibers)
      : footprints_(footprints),
        answers_(prober),
        forest_(footprints),
        execution_(footprints, fibers),
        sleep_(footprints, fibers),
        usual_(fibers) {
    add_node(kNoBranch);
  }

  std::optional<Prefix> next_execution() override {
    if (!started_) {
      started_ = true;
      return Prefix{};
    }
    if (must_start_over_) return start_again();
    reverse_races();
    while (execution_.size() > 0) {
      leave_branch();
      first_new_ = execution_.size();
      if (const BranchId tree = trees_[first_new_]; tree != kNoBranch)
        return Prefix{.choices = execution_.path(), .comes_back = forest_.has_next(tree)};
    }
    return std::nullopt;
  }

  const HappensBefore* order() const override { return &execution_; }
  bool reduces() const override { return true; }
  void start_over() override { must_start_over_ = true; }

  Choice choose(sim::FiberSet enabled) override {
    const std::size_t depth = execution_.size();
    drop_sleeping(depth);
    if (trees_[depth] == kNoBranch) {
      sim::FiberSet awake = enabled & ~sleep_.in(depth);
      if (awake == 0 && enabled == cut_) awake = cut_;
      if (awake == 0) return std::nullopt;
      return preferred(awake);
    }
    const sim::FiberId fiber = forest_.fiber(trees_[depth]);
    if (!contains(enabled, fiber)) [[unlikely]]
      refuse_wakeup(depth);
    return fiber;
  }

  void executed(const Transition& step) override {
    const std::size_t depth = execution_.size();
    const BranchId tree = trees_[depth];
    if (tree != kNoBranch) forest_.set_step(tree, step);
    execution_.push(step);
    if (step.is_cut) cut_ = sim::bit_of(step.fiber);
    add_node(tree == kNoBranch ? kNoBranch : forest_.take_children(tree));
    sleep_.inherit(depth, step.footprint);
    if (step.is_section && !usual_.note(execution_[depth]))
      state_matters_ = must_start_over_ = true;
  }

  void reached_end(std::span<const StuckFiber> stuck) override {
    for (const auto& [fiber, footprint] : stuck) {
      for (const std::uint32_t j : execution_.would_race(fiber, footprint)) {
        stop_races_.push_back({j, fiber});
      }
    }
  }

  // All but answers_, which can be asked for again.
  void save_or_load(Archive& archive) override {
    archive(started_, cut_, first_new_, state_matters_, must_start_over_, usual_);
    archive(forest_, execution_, trees_, sleep_, stop_races_, open_races_);
  }

  double share() const override {
    TreeShare share;
    for (std::size_t i = 0; i < execution_.size(); ++i) {
      const sim::FiberSet inherited =
          i == 0 ? 0 : sleep_.undisturbed(i - 1, execution_[i - 1].step.footprint);
      const sim::FiberSet explored = sleep_.in(i) & ~inherited;
      share.enter(static_cast<std::size_t>(std::popcount(explored)),
                  trees_[i] == kNoBranch ? 1 : forest_.width(trees_[i]));
    }
    return share.done();
  }

 private:
  // What could come before something else that it commutes with must be able to.
  [[noreturn]] static void refuse_wakeup(std::size_t step) {
    throw Divergence(fmt::format(
        "undeclared shared state: step {} of an execution is not possible, though it was with "
        "others before it that have nothing in common with it; what several requests use must be a "
        "sim::Shared, or be told by World::touch() (see docs/simulator.md); if it is, this is a "
        "bug of simcheck",
        step + 1));
  }

  using Event = HappensBefore::Event;

  // A fiber that could not run in the end, and the event that stopped its thread.
  struct StopRace {
    std::uint32_t first;
    sim::FiberId stopped;
  };

  void add_node(BranchId tree) {
    const std::size_t depth = execution_.size();
    if (trees_.size() <= depth) trees_.resize(depth + 1);
    trees_[depth] = tree;
    sleep_.enter(depth);
  }

  // A branch whose fiber turns out to sleep leads to nothing new.
  void drop_sleeping(std::size_t node) {
    BranchId& tree = trees_[node];
    while (tree != kNoBranch && sleep_.sleeps(node, forest_.fiber(tree)))
      tree = forest_.drop_first(tree);
  }

  // The fiber that ran last, if possible: executions with few context switches come first.
  sim::FiberId preferred(sim::FiberSet awake) const {
    const Schedule& path = execution_.path();
    return !path.empty() && contains(awake, path.back()) ? path.back() : sim::first_of(awake);
  }

  // The branch of the last event is explored: from now on it sleeps there.
  void leave_branch() {
    const Event event = execution_.pop();
    const std::size_t node = execution_.size();
    sleep_.put_to_sleep(node, event.step.fiber, event.step.footprint);
    if (trees_[node] != kNoBranch) trees_[node] = forest_.drop_first(trees_[node]);
  }

  // Of a node that is being explored, with the branch that is.
  BranchId& tree_of(std::size_t node) {
    BranchId& tree = trees_[node];
    if (tree == kNoBranch) tree = forest_.singleton(execution_[node].step);
    return tree;
  }

  void reverse_races() {
    if (state_matters_) {
      // A later event may conflict with e' as it will be, though not with e' as it was.
      for (const HappensBefore::Race& race : races_from(0)) {
        const Event& later = execution_[race.second];
        reverse(race.first, execution_.size(), later.step, usual_.depends_on_state(later));
      }
    } else {
      settle_races();
    }
    for (const StopRace& race : stop_races_) {
      reverse(race.first, execution_.size(), {race.stopped, kUnknownFootprint}, true);
    }
    stop_races_.clear();
  }

  // The new ones, and those that earlier executions left open.
  void settle_races() {
    while (!open_races_.empty() && open_races_.back().second >= first_new_) open_races_.pop_back();
    std::erase_if(open_races_, [this](const HappensBefore::Race& race) { return settle(race); });
    for (const HappensBefore::Race& race : races_from(first_new_)) {
      if (!settle(race)) open_races_.push_back(race);
    }
  }

  // Reverses a race, if no sleeper covers what comes of that. Mostly what lies before e' decides:
  // a sleeper begins it, or each conflicts with it, and will be awake behind it. Then the race is
  // settled for all executions in which it is. A sleeper that is independent of all that, and no
  // part of it, would stay asleep, and may conflict with what comes next: then that decides, of
  // this execution. True if the race is settled.
  bool settle(const HappensBefore::Race& race) {
    const std::size_t node = race.first;
    const Transition& later = execution_[race.second].step;
    collect_sequence(node, race.second);
    sequence_.push_back(later);
    sim::FiberSet undecided = 0;
    for (sim::FiberSet s = sleep_.in(node); s != 0; s &= s - 1) {
      std::size_t at = 0;
      if (!is_weak_initial(footprints_, sleeper(node, sim::first_of(s)), sequence_, at)) continue;
      if (at < sequence_.size() || later.is_cut) return true;
      undecided |= sim::bit_of(sim::first_of(s));
    }
    if (undecided != 0 && !wakes(race, undecided)) return false;
    forest_.insert(tree_of(node), sequence_);
    return undecided == 0;
  }

  // Extends sequence_ by what comes behind the race until it conflicts with all those sleepers.
  // False if it never does, or one of them begins it.
  bool wakes(const HappensBefore::Race& race, sim::FiberSet sleepers) {
    for (std::size_t k = race.second + 1; k < execution_.size(); ++k) {
      const Transition& step = execution_[k].step;
      if (step.is_cut || execution_.happens_before(race.first, k)) continue;
      for (sim::FiberSet s = sleepers; s != 0; s &= s - 1) {
        const sim::FiberId fiber = sim::first_of(s);
        if (fiber == step.fiber) return false;
        if (!footprints_.independent(sleep_.footprint(race.first, fiber), step.footprint))
          sleepers &= ~sim::bit_of(fiber);
      }
      sequence_.insert(sequence_.end() - 1, step);  // nothing that comes behind e' depends on it
      if (sleepers == 0) return true;
    }
    return false;
  }

  // What lies between event j and `end` and does not happen after j.
  void collect_sequence(std::size_t j, std::size_t end) {
    sequence_.clear();
    for (std::size_t k = j + 1; k < end; ++k) {
      const Transition& step = execution_[k].step;
      if (!step.is_cut && !execution_.happens_before(j, k)) sequence_.push_back(step);
    }
  }

  Transition sleeper(std::size_t node, sim::FiberId fiber) const {
    return {.fiber = fiber,
            .footprint = sleep_.footprint(node, fiber),
            .is_cut = (cut_ & sim::bit_of(fiber)) != 0};
  }

  // Those whose second event is `first` or a later one.
  std::span<const HappensBefore::Race> races_from(std::size_t first) const {
    const std::span<const HappensBefore::Race> races = execution_.races();
    std::size_t i = races.size();
    while (i > 0 && races[i - 1].second >= first) --i;
    return races.subspan(i);
  }

  // From the node before event j: what lies before `end` and does not happen after j, then `later`.
  void reverse(std::size_t j, std::size_t end, const Transition& later, bool must_probe) {
    collect_sequence(j, end);
    sequence_.push_back(later);
    if (must_probe) {
      sequence_.back().footprint = kUnknownFootprint;
      // Often the matter is settled whatever its footprint.
      if (is_explored(j)) return;
      scratch_ = sequence_;
      if (forest_.covers(tree_of(j), scratch_)) return;
      const auto footprint = probe(j);
      if (!footprint) return;
      sequence_.back().footprint = *footprint;
    }
    if (!is_explored(j)) forest_.insert(tree_of(j), sequence_);
  }

  // Is there a sleeper in node j that can begin sequence_, so that its branch covered it already?
  bool is_explored(std::size_t j) const {
    for (sim::FiberSet s = sleep_.in(j); s != 0; s &= s - 1) {
      std::size_t at = 0;
      if (is_weak_initial(footprints_, sleeper(j, sim::first_of(s)), sequence_, at)) return true;
    }
    return false;
  }

  // The footprint of the last step of sequence_ when run from node j; nothing if it cannot run.
  std::optional<FootprintId> probe(std::size_t j) {
    const Schedule& path = execution_.path();
    probed_.assign(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(j));
    for (const Transition& step : sequence_) probed_.push_back(step.fiber);
    return answers_.probe(probed_);
  }

  std::optional<Prefix> start_again() {
    must_start_over_ = false;
    first_new_ = 0;
    forest_ = WakeupForest(footprints_);
    execution_.clear();
    stop_races_.clear();
    open_races_.clear();
    add_node(kNoBranch);
    return Prefix{.choices = {}, .starts_over = true};
  }

  const FootprintTable& footprints_;
  ProbeAnswers answers_;
  WakeupForest forest_;
  bool started_ = false;
  sim::FiberSet cut_ = 0;  // whose transition is the power cut, once it is known

  HappensBefore execution_;                      // the current one
  std::size_t first_new_ = 0;                    // its first event behind the prefix
  std::vector<StopRace> stop_races_;             // of it
  std::vector<HappensBefore::Race> open_races_;  // see settle(); by their second events
  // [i]: what is still to be explored from the state before event i. The first branch is the one
  // being explored; there is no tree as long as that is the only branch, and was chosen here.
  std::vector<BranchId> trees_;
  SleepSets sleep_;  // of the same states

  std::vector<Transition> sequence_;  // the reversed race under consideration
  std::vector<Transition> scratch_;
  Schedule probed_;

  UsualFootprints usual_;       // survives starting over, as does what was probed
  bool state_matters_ = false;  // some footprint depends on the state
  bool must_start_over_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_dpor(const FootprintTable& footprints, Prober& prober,
                                    std::size_t fibers) {
  return std::make_unique<Dpor>(footprints, prober, fibers);
}

}  // namespace simcheck::model
