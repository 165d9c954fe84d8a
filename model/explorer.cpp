#include "model/explorer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/assert.hpp"

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

}  // namespace

Explorer::Explorer(sim::Testbed::Build build, properties::PropertyList properties,
                   std::uint32_t steps_max)
    : testbed_(std::move(build)),
      properties_(std::move(properties)),
      steps_max_(steps_max),
      exercised_(properties_.size()) {}

std::optional<Explorer::Outcome> Explorer::run_next(Strategy& strategy) {
  const auto prefix = strategy.next_execution();
  if (!prefix) return std::nullopt;
  if (prefix->starts_over) counts_ = {};
  start();
  broken_.clear();
  repeat(prefix->choices);
  const bool complete = explore(strategy);
  counts_.transitions += steps_.size();
  if (!complete || !strategy.counts()) {
    ++counts_.blocked;
    return Outcome::kBlocked;
  }
  ++counts_.executions;
  if (deadlocked()) ++counts_.deadlocked;
  judge();
  return broken_.empty() ? Outcome::kHolds : Outcome::kViolated;
}

Schedule Explorer::schedule() const {
  Schedule schedule;
  for (const Step& step : steps_) schedule.push_back(step.fiber);
  return schedule;
}

std::optional<FootprintId> Explorer::probe(std::span<const sim::FiberId> choices) {
  start();
  sim::World& world = testbed_.world();
  for (const sim::FiberId fiber : choices) {
    if ((world.enabled() & sim::bit_of(fiber)) == 0) return std::nullopt;
    world.run(fiber);
  }
  return footprints_.intern(world.footprint());
}

void Explorer::start() {
  if (!fresh_) testbed_.reset();
  fresh_ = false;
}

// Makes the prefix's choices again and checks that they do what they did before.
void Explorer::repeat(std::span<const sim::FiberId> prefix) {
  sim::World& world = testbed_.world();
  for (std::size_t i = 0; i < prefix.size(); ++i) {
    const Step& before = steps_[i];
    if (world.enabled() != before.enabled) {
      throw Divergence(fmt::format(
          "nondeterminism at step {}: able to run were {}, now {}; does the code under test keep "
          "state outside of its world, or read a clock?",
          i + 1, fiber_list(world, before.enabled), fiber_list(world, world.enabled())));
    }
    world.run(prefix[i]);
    if (!std::ranges::equal(world.footprint(), footprints_.accesses(before.footprint))) {
      throw Divergence(fmt::format(
          "nondeterminism at step {}: {} did not touch what it touched before; does the code under "
          "test keep state outside of its world, or read a clock?",
          i + 1, world.fiber_name(prefix[i])));
    }
  }
  steps_.resize(prefix.size());
}

// Runs on as the strategy chooses. False if it abandons the execution.
bool Explorer::explore(Strategy& strategy) {
  sim::World& world = testbed_.world();
  while (const sim::FiberSet enabled = world.enabled()) {
    if (steps_.size() >= steps_max_) {
      ending_ = sim::Ending::kTooLong;
      return true;
    }
    const auto fiber = strategy.choose(enabled);
    if (!fiber) return false;
    const bool is_section = (world.in_flight() & sim::bit_of(*fiber)) == 0;
    world.run(*fiber);
    const FootprintId footprint = footprints_.intern(world.footprint());
    steps_.push_back({*fiber, enabled, footprint});
    strategy.executed({*fiber, footprint, is_section});
  }
  SIMCHECK_ASSERT(world.held_back() == 0 || world.stopped_by_thread() != 0,
                  "a fiber held back by symmetry can run in the end");
  find_stuck();
  strategy.reached_end(stuck_);
  ending_ = world.unfinished() == 0 ? sim::Ending::kFinished : sim::Ending::kDeadlocked;
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

void Explorer::judge() {
  sim::History history = testbed_.world().history();
  history.ending = ending_;
  for (std::size_t p = 0; p < properties_.size(); ++p) {
    properties::Judgement judgement = properties_[p]->judge(history);
    if (judgement.exercised) exercised_[p] = true;
    if (judgement.violation) broken_.push_back({p, std::move(*judgement.violation)});
  }
}

}  // namespace simcheck::model
