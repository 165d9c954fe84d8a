#include "model/explorer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <exception>
#include <utility>

#include "model/symmetry.hpp"
#include "sim/assert.hpp"
#include "sim/code_failed.hpp"
#include "sim/disk.hpp"
#include "sim/heap_watch.hpp"

namespace simcheck::model {
namespace {

std::string fiber_list(const sim::World& world, sim::FiberSet fibers) {
  std::string list;
  for (std::uint32_t f = 0; f < world.fiber_count(); ++f) {
    const sim::FiberId fiber{f};
    if ((fibers & sim::bit_of(fiber)) == 0) continue;
    if (!list.empty()) list += ", ";
    list += world.fiber_name(fiber);
  }
  return list.empty() ? "none" : list;
}

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

properties::Judgement judgement_of(const properties::Property& property,
                                   const properties::Evidence& evidence) {
  try {
    return property.judge(evidence);
  } catch (const std::exception& error) {
    throw sim::CodeFailed(
        fmt::format("the property {} threw an exception: {}", property.name(), error.what()));
  }
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
  if (options_.power_cut) crash_check_.emplace(properties_, *options_.power_cut);
}

std::optional<Explorer::Outcome> Explorer::run_next(Strategy& strategy) {
  const InProgress in_progress(options_.subject, this);
  place_ = InProgress::Place::kBetween;
  other_path_ = {};
  if (!other_outcomes_.empty()) return judge_other_outcome(*strategy.order());
  const auto prefix = strategy.next_execution();
  if (!prefix) return std::nullopt;
  if (prefix->starts_over) counts_ = {};
  if (prefix->starts_over && crash_check_) crash_check_->start_over();
  ++runs_;
  if (options_.backtracking == Backtracking::kCheckpoints) consider_checkpoints();
  reordered_.clear();
  const std::size_t first_new = prefix->choices.size();
  go_to(first_new);
  if (checkpoints_ && prefix->comes_back && checkpoints_->top() < first_new) save_checkpoint();
  if (!explore(strategy) || !strategy.counts()) {
    counts_.transitions += steps_.size();
    ++counts_.blocked;
    return Outcome::kBlocked;
  }
  if (std::has_single_bit(runs_)) run_twice();
  if (options_.equivalence == Equivalence::kObserved) look_at_stores(strategy, first_new);
  return judge();
}

// The first execution, and then fewer and fewer, are run once more: where no exploration comes
// back, since all is independent, nothing else would show that the same choices do not do the same.
void Explorer::run_twice() {
  const auto events_now = [this] { return testbed_.world().history().events; };
  const std::vector<sim::Event> events(events_now().begin(), events_now().end());
  const sim::FiberSet enabled = testbed_.world().enabled();
  ++statistics_.restarts;
  testbed_.reset();
  testbed_.world().set_repeating(false);
  check_again(0, steps_.size());
  if (testbed_.world().enabled() != enabled) report_other_choices(steps_.size(), enabled);
  if (!std::ranges::equal(events_now(), events)) {
    throw Divergence(
        "nondeterminism: an execution that made the same choices again told of other events; does "
        "the code under test keep state outside of its world, or read a clock?");
  }
}

// Finds the outcomes that this execution also stands for, or starts over if it stands for nothing.
void Explorer::look_at_stores(Strategy& strategy, std::size_t first_new) {
  SIMCHECK_ASSERT(strategy.order() != nullptr, "observed equivalence needs dpor");
  const HappensBefore& execution = *strategy.order();
  const bool unobserved = open_stores_.all_unobserved(execution, first_new);
  if (unobserved && footprints_.orderings() == orderings_) {
    other_outcomes_ = open_stores_.other_outcomes(execution);
  } else {
    orderings_ = footprints_.orderings();
    strategy.start_over();
  }
}

// Shows the next outcome on the disks and judges it. One that breaks a property is run for real, so
// that what is reported has happened.
Explorer::Outcome Explorer::judge_other_outcome(const HappensBefore& execution) {
  leave_path();
  const LastStores last = other_outcomes_.front();
  other_outcomes_ = other_outcomes_.subspan(1);
  for (const std::uint32_t event : last) effects_[event].disk->make_last(effects_[event].effect);
  if (judge() == Outcome::kHolds) return Outcome::kHolds;
  reordered_ = reordered(footprints_, execution, last);
  run_reordered(execution);
  broken_.clear();
  find_broken();
  SIMCHECK_ASSERT(!broken_.empty(), "an outcome does not depend on how it is reached");
  return Outcome::kViolated;
}

// The first executions run from the start, and some later ones: that shows whether the same choices
// do the same again, and whether the code under test keeps memory where no checkpoint holds it.
void Explorer::consider_checkpoints() {
  if (runs_ % kWholeRunEvery == 0) checkpoints_.reset();
  if (runs_ < kFirstRuns || checkpoints_ || !statistics_.no_checkpoints.empty()) return;
  if (testbed_.arena() == nullptr || !sim::can_watch_heap()) {
    statistics_.no_checkpoints = "this build has none";
  } else if (heap_allocations_ != sim::heap_allocations_while_running()) {
    statistics_.no_checkpoints = "the code under test allocates by malloc()";
  } else if (runs_ % kWholeRunEvery != 0) {
    checkpoints_.emplace(testbed_.world(), *testbed_.arena());
  }
}

Schedule Explorer::schedule() const {
  if (!reordered_.empty()) return reordered_;
  Schedule schedule;
  for (const Step& step : steps_) schedule.push_back(step.fiber);
  return schedule;
}

std::optional<FootprintId> Explorer::probe(std::span<const sim::FiberId> choices) {
  ++statistics_.probes;
  std::size_t known = 0;
  while (known < std::min(steps_.size(), choices.size()) && steps_[known].fiber == choices[known]) {
    ++known;
  }
  leave_path();
  place_ = InProgress::Place::kBetween;
  std::size_t i = back_to(known);  // may build another world
  left_path_ = true;
  other_path_ = choices;
  place_ = InProgress::Place::kInStep;
  const std::optional<FootprintId> found = follow(i, choices);
  other_path_ = {};
  return found;
}

// Goes on with these choices. What the last of them touches; nothing if one is not possible.
std::optional<FootprintId> Explorer::follow(std::size_t i, std::span<const sim::FiberId> choices) {
  sim::World& world = testbed_.world();
  for (; i < choices.size(); ++i) {
    if (!contains(world.enabled(), choices[i])) return std::nullopt;
    world.run(choices[i]);
    ++statistics_.transitions_run;
  }
  return footprints_.intern(world.footprint());
}

// What happens next is not the present path, or changes what it left.
void Explorer::leave_path() {
  if (!left_path_ && taped_) testbed_.world().tapes().keep();
  left_path_ = true;
}

// Puts the world where it was at most `depth` transitions into the present path; says how many.
std::size_t Explorer::back_to(std::size_t depth) {
  std::size_t at = 0;
  if (checkpoints_ && !checkpoints_->empty()) {
    ++statistics_.checkpoints_restored;
    at = checkpoints_->restore(static_cast<std::uint32_t>(depth));
  } else {
    ++statistics_.restarts;
    if (!fresh_) testbed_.reset();
    fresh_ = false;
    if (checkpoints_) checkpoints_->save();
  }
  testbed_.world().set_repeating(false);  // it may have been, when it was saved
  if (left_path_ && taped_) testbed_.world().tapes().put_back();
  left_path_ = false;
  return at;
}

// Makes the first `depth` choices again.
void Explorer::go_to(std::size_t depth) {
  if (checkpoints_) checkpoints_->drop_behind(static_cast<std::uint32_t>(depth));
  const std::size_t from = back_to(depth);
  place_ = InProgress::Place::kInStep;
  may_trust_tapes() ? repeat(from, depth) : check_again(from, depth);
  taped_ = true;
  steps_.resize(depth);
}

// Whole runs show whether the code under test does the same again in every respect.
bool Explorer::may_trust_tapes() {
  return taped_ && testbed_.arena() != nullptr && runs_ >= kFirstRuns &&
         runs_ % kWholeRunEvery != 0 && testbed_.world().can_repeat();
}

// Makes these choices again: what they append is there already, and a hash tells whether they touch
// what they touched before.
void Explorer::repeat(std::size_t from, std::size_t to) {
  sim::World& world = testbed_.world();
  world.set_repeating(true);
  for (std::size_t i = from; i < to; ++i) {
    const Step& before = steps_[i];
    if (world.enabled() != before.enabled) report_other_choices(i, before.enabled);
    if (checkpoints_) consider_saving();
    world.run_again(before.fiber, before.tapes);
    if (world.hash_of_touches() != before.touches) report_other_touches(i);
  }
  world.set_repeating(false);
  statistics_.transitions_run += to - from;
}

// The same with nothing left out.
void Explorer::check_again(std::size_t from, std::size_t to) {
  sim::World& world = testbed_.world();
  for (std::size_t i = from; i < to; ++i) {
    Step& before = steps_[i];
    if (world.enabled() != before.enabled) report_other_choices(i, before.enabled);
    run(before.fiber);
    if (i < effects_.size()) effects_[i] = world.last_effect();
    if (!std::ranges::equal(world.footprint(), footprints_.accesses(before.footprint)))
      report_other_touches(i);
    before.touches = world.hash_of_touches();
    before.tapes = world.tapes().lengths();
  }
}

void Explorer::report_other_choices(std::size_t step, sim::FiberSet before) const {
  const sim::World& world = testbed_.world();
  throw Divergence(fmt::format(
      "nondeterminism at step {}: able to run were {}, now {}; does the code under test keep state "
      "outside of its world, or read a clock?",
      step + 1, fiber_list(world, before), fiber_list(world, world.enabled())));
}

void Explorer::report_other_touches(std::size_t step) const {
  throw Divergence(fmt::format(
      "nondeterminism at step {}: {} did not touch what it touched before; does the code under "
      "test keep state outside of its world, or read a clock?",
      step + 1, testbed_.world().fiber_name(steps_[step].fiber)));
}

// Leaves a checkpoint every few transitions of the path. Where the strategy says that it comes back
// there is another, so these only keep short the way there.
void Explorer::consider_saving() {
  if (testbed_.world().steps() >= checkpoints_->top() + checkpoint_distance_) save_checkpoint();
}

void Explorer::save_checkpoint() {
  if (!checkpoints_->save()) return;
  ++statistics_.checkpoints_saved;
  // To copy some KiB takes as long as to run a transition again.
  checkpoint_distance_ = 6 + static_cast<std::uint32_t>(checkpoints_->top_bytes() / 1024);
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
  while (const sim::FiberSet enabled = world.enabled()) {
    if (steps_.size() >= options_.steps_max) {
      ending_ = sim::Ending::kTooLong;
      return true;
    }
    const auto fiber = strategy.choose(enabled);
    if (!fiber) return false;
    const bool is_section = (world.in_flight() & sim::bit_of(*fiber)) == 0;
    run(*fiber);
    const FootprintId footprint = footprint_of_last(*fiber);
    steps_.push_back(
        {*fiber, enabled, footprint, is_section, world.hash_of_touches(), world.tapes().lengths()});
    if (!options_.part.empty()) check_part(*fiber);
    if (options_.equivalence == Equivalence::kObserved) {
      effects_.resize(steps_.size());
      effects_.back() = world.last_effect();
    }
    strategy.executed({*fiber, footprint, is_section, world.power_was_cut()});
  }
  if (!options_.part.empty()) check_part_at_end();
  find_stuck();
  strategy.reached_end(stuck_);
  if (world.ordered_back() != 0) return false;  // see symmetry.hpp
  ending_ = world.unfinished() == 0 ? sim::Ending::kFinished : sim::Ending::kDeadlocked;
  if (world.was_cut_short()) ending_ = sim::Ending::kCut;
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

// The disks number their effects in the order in which they took place, which is another now.
void Explorer::run_reordered(const HappensBefore& execution) {
  place_ = InProgress::Place::kBetween;
  testbed_.reset();
  other_path_ = reordered_;
  place_ = InProgress::Place::kInStep;
  sim::World& world = testbed_.world();
  std::vector<std::size_t> next(world.fiber_count());  // by fiber: where to look for its next event
  for (const sim::FiberId fiber : reordered_) {
    std::size_t& event = next[sim::index_of(fiber)];
    while (execution[event].step.fiber != fiber) ++event;
    world.run(fiber);
    effects_[event++] = world.last_effect();
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

Explorer::Outcome Explorer::judge() {
  counts_.transitions += steps_.size();
  ++counts_.executions;
  if (deadlocked()) ++counts_.deadlocked;
  if (ending_ == sim::Ending::kTooLong) ++counts_.too_long;
  broken_.clear();
  find_broken();
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
