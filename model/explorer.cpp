#include "model/explorer.hpp"

#include <algorithm>
#include <bit>
#include <exception>
#include <utility>

#include "model/ask_property.hpp"
#include "model/symmetry.hpp"
#include "sim/assert.hpp"
#include "sim/disk.hpp"

namespace simcheck::model {
namespace {

// The scenario, and what keeps its transitions in order.
sim::Testbed::Build ordered(sim::Testbed::Build build, const ExplorerOptions& options) {
  const InProgress in_progress(options.subject);
  std::vector<sim::TransitionOrder> orders = symmetry_orders(build, options.steps_max);
  orders.insert(orders.end(), options.part.begin(), options.part.end());
  return [build = std::move(build), orders = std::move(orders),
          subject = options.subject](sim::World& world) {
    const InProgress building(subject);
    build(world);
    for (const sim::TransitionOrder& order : orders) world.order(order);
  };
}

}  // namespace

Explorer::Explorer(sim::Testbed::Build build, properties::PropertyList properties,
                   ExplorerOptions options)
    : testbed_(ordered(
          [build = std::move(build), options](sim::World& world) {
            if (options.equivalence == Equivalence::kObserved) world.let_stores_commute();
            build(world);
          },
          options)),
      properties_(std::move(properties)),
      options_(options),
      likely_(testbed_.world().fiber_count() * kLikelyEach, kEmptyFootprint),
      open_stores_(footprints_),
      exercised_(properties_.size()) {
  const bool judges_once =
      options_.judge_alike_once && options_.equivalence == Equivalence::kObserved;
  if (judges_once && !options_.power_cut && Shown::tells_all(properties_, testbed_.world()))
    shown_.emplace(properties_, testbed_.world());
  if (!options_.power_cut) return;
  crash_check_.emplace(properties_, *options_.power_cut);
  crash_check_->ask_to_stop(options_.must_stop);
}

std::optional<Explorer::Outcome> Explorer::run_next(Strategy& strategy) {
  const InProgress in_progress(options_.subject, this);
  place_ = InProgress::Place::kBetween;
  other_path_ = {};
  if (is_judging_) return judge();
  if (const auto outcome = next_outcome(strategy))
    return judge_other_outcome(*strategy.order(), *outcome);
  drop_unsafe_checkpoints();
  const auto prefix = strategy.next_execution();
  if (!prefix) return std::nullopt;
  if (prefix->starts_over) counts_ = {};
  if (prefix->starts_over && crash_check_) crash_check_->start_over();
  ++runs_;
  if (options_.backtracking == Backtracking::kCheckpoints) consider_checkpoints();
  if (!reordered_.empty()) effects_.swap(effects_on_path_);
  reordered_.clear();
  const std::size_t first_new = prefix->choices.size();
  go_to(first_new);
  if (checkpoints_ && prefix->comes_back && checkpoints_->top() < first_new) save_checkpoint();
  if (!explore(strategy) || !strategy.counts()) {
    counts_.transitions += steps_.size();
    ++counts_.blocked;
    return Outcome::kBlocked;
  }
  if (strategy.counts_cut_alone()) ending_ = sim::Ending::kCut;
  if (std::has_single_bit(runs_)) {
    run_twice(strategy.reduces() && runs_ <= kReorderedRuns && options_.part.empty());
  }
  if (options_.equivalence == Equivalence::kObserved) look_at_stores(strategy, first_new);
  return judge_what_is_new();
}

// Finds the outcomes that this execution also stands for, or starts over if it stands for nothing.
void Explorer::look_at_stores(Strategy& strategy, std::size_t first_new) {
  SIMCHECK_ASSERT(strategy.order() != nullptr, "observed equivalence needs dpor");
  const HappensBefore& execution = *strategy.order();
  const bool unobserved = open_stores_.all_unobserved(execution, first_new);
  if (unobserved && footprints_.orderings() == orderings_) {
    has_outcomes_ = open_stores_.begin_outcomes(execution);
  } else {
    orderings_ = footprints_.orderings();
    strategy.start_over();
  }
}

// Of the last execution, not judged yet.
std::optional<LastStores> Explorer::next_outcome(const Strategy& strategy) {
  if (!has_outcomes_) return std::nullopt;
  auto outcome = open_stores_.next_outcome(*strategy.order());
  has_outcomes_ = outcome.has_value();
  return outcome;
}

// Shows an outcome on the disks and judges it. One that breaks a property is run for real, so
// that what is reported has happened.
Explorer::Outcome Explorer::judge_other_outcome(const HappensBefore& execution,
                                                const LastStores& last) {
  broken_.clear();
  if (is_known(&execution, last)) return count_judged();
  leave_path();
  for (const std::uint32_t event : last) effects_[event].disk->make_last(effects_[event].effect);
  if (judge() == Outcome::kHolds) {
    if (can_be_known_) shown_->remember();
    return Outcome::kHolds;
  }
  if (reordered_.empty()) effects_on_path_ = effects_;
  reordered_ = reordered(footprints_, execution, last);
  run_reordered(execution);
  broken_.clear();
  find_broken();
  SIMCHECK_ASSERT(!broken_.empty(), "an outcome does not depend on how it is reached");
  return Outcome::kViolated;
}

Schedule Explorer::schedule() const {
  if (!reordered_.empty()) return reordered_;
  Schedule schedule;
  for (const Step& step : steps_) schedule.push_back(step.fiber);
  return schedule;
}

// Of the transition that the fiber just had. Mostly that touches what it touched before.
FootprintId Explorer::footprint_of_last(sim::FiberId fiber) {
  const sim::World& world = testbed_.world();
  const std::size_t number = world.transitions_of(fiber) % kLikelyEach;
  FootprintId& likely = likely_[sim::index_of(fiber) * kLikelyEach + number];
  return likely = footprints_.intern(world.footprint(), likely);
}

// Runs on as the strategy chooses. False if it abandons the execution.
bool Explorer::explore(Strategy& strategy) {
  sim::World& world = testbed_.world();
  stuck_.clear();
  while (const sim::FiberSet enabled = world.enabled()) {
    if (enabled == world.power()) [[unlikely]]
      find_stuck();  // behind the cut, nobody waits
    if (steps_.size() >= options_.steps_max) {
      ending_ = sim::Ending::kTooLong;
      return true;
    }
    const auto fiber = strategy.choose(enabled);
    if (!fiber) return false;
    const bool is_section = (world.in_flight() & sim::bit_of(*fiber)) == 0;
    run(*fiber);
    const FootprintId footprint = footprint_of_last(*fiber);
    if (shown_) shown_->note(steps_.size(), *fiber, world);
    steps_.push_back({*fiber, enabled, footprint, is_section, world.last_effect().plain,
                      world.last_effect().effect, world.hash_of_touches(),
                      world.tapes().lengths()});
    if (!options_.part.empty()) check_part(*fiber);
    if (options_.equivalence == Equivalence::kObserved) {
      effects_.push_back(world.last_effect());
    }
    strategy.executed({*fiber, footprint, is_section, world.power_was_cut()});
  }
  if (!options_.part.empty()) check_part_at_end();
  if (!world.power_was_cut()) find_stuck();
  strategy.reached_end(stuck_);
  if (world.ordered_back() != 0) return false;  // see symmetry.hpp
  ending_ = ending_of(world);
  return true;
}

// The fibers that a stopped thread or a lock kept from running in the end.
void Explorer::find_stuck() {
  const sim::World& world = testbed_.world();
  const auto add = [this](sim::FiberId fiber, sim::Access access) {
    stuck_.push_back({fiber, footprints_.intern({&access, 1})});
  };
  stuck_.clear();
  for (sim::FiberSet s = world.stopped_by_thread(); s != 0; s &= s - 1) {
    add(sim::first_of(s), {*world.thread_object(), sim::AccessMode::kRead});
  }
  for (sim::FiberSet s = world.locked_out(); s != 0; s &= s - 1) {
    add(sim::first_of(s), {world.locked_out_by(sim::first_of(s)), sim::AccessMode::kAcquire});
  }
}

std::vector<Transition> Explorer::transitions() const {
  std::vector<Transition> transitions;
  for (const Step& step : steps_) {
    transitions.push_back({step.fiber, step.footprint, step.is_section});
  }
  return transitions;
}

// The fiber has just run. If that was the later transition of an order, does it conflict with the
// earlier one, which then came before it?
void Explorer::check_part(sim::FiberId fiber) const {
  const std::uint32_t number = testbed_.world().transitions_of(fiber);
  for (const sim::TransitionOrder& order : options_.part) {
    if (order.later != sim::TransitionName{fiber, number}) continue;
    std::uint32_t still = order.earlier.number;
    const auto earlier = std::ranges::find_if(steps_, [&](const Step& step) {
      return step.fiber == order.earlier.fiber && --still == 0;
    });
    if (earlier == steps_.end() ||
        !footprints_.conflict_in_data(earlier->footprint, steps_.back().footprint)) {
      throw SplitBroken();
    }
  }
}

void Explorer::check_part_at_end() const {
  const sim::World& world = testbed_.world();
  for (const sim::TransitionOrder& order : options_.part) {
    if (world.transitions_of(order.later.fiber) < order.later.number) throw SplitBroken();
  }
}

// Does the last execution, or this outcome of it, show properties what another did, in which they
// held? Most do.
bool Explorer::is_known(const HappensBefore* execution, const LastStores& last) {
  const sim::World& world = testbed_.world();
  can_be_known_ = shown_ && ending_ == sim::Ending::kFinished && !world.has_raced();
  if (!can_be_known_) return false;
  made_last_.clear();
  for (const std::uint32_t event : last) {
    const HappensBefore::Event& store = (*execution)[event];
    made_last_.push_back({store.step.fiber, static_cast<std::uint32_t>(store.number)});
  }
  return shown_->is_known(world, made_last_);
}

Explorer::Outcome Explorer::judge_what_is_new() {
  broken_.clear();
  if (is_known()) return count_judged();
  const Outcome outcome = judge();
  if (outcome == Outcome::kHolds && can_be_known_) shown_->remember();
  return outcome;
}

// Nothing is noted before all is judged, so that it may end within and be done again.
Explorer::Outcome Explorer::judge() {
  is_judging_ = true;
  broken_.clear();
  find_broken();
  is_judging_ = false;
  return count_judged();
}

Explorer::Outcome Explorer::count_judged() {
  counts_.transitions += steps_.size();
  ++counts_.executions;
  if (deadlocked()) ++counts_.deadlocked;
  if (ending_ == sim::Ending::kTooLong) ++counts_.too_long;
  return broken_.empty() ? Outcome::kHolds : Outcome::kViolated;
}

void Explorer::find_broken() {
  place_ = InProgress::Place::kJudging;
  if (properties_.empty()) return;
  sim::History history = testbed_.world().history();
  history.ending = ending_;
  if (testbed_.world().power_was_cut() && crash_check_) {
    crash_check_->judge(history, broken_, exercised_);
    if (ending_ == sim::Ending::kCut) return;  // whatever comes after it was explored, too
  }
  const properties::Evidence evidence(history);
  for (std::size_t p = 0; p < properties_.size(); ++p) {
    properties::Judgement judgement = judgement_of(*properties_[p], evidence);
    if (judgement.exercised) exercised_[p] = true;
    if (judgement.violation) broken_.push_back({p, std::move(*judgement.violation)});
  }
}

}  // namespace simcheck::model
