// How an Explorer gets back to an earlier moment of its path, by checkpoints or by running again,
// and how it leaves the path to try something else.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "model/explorer.hpp"
#include "sim/heap_watch.hpp"

namespace simcheck::model {
namespace {

constexpr const char* kAllocates = "the code under test allocates by malloc()";

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

// Makes the first `depth` choices again.
void Explorer::go_to(std::size_t depth) {
  if (checkpoints_) checkpoints_->drop_behind(static_cast<std::uint32_t>(depth));
  const std::size_t from = back_to(depth);
  place_ = InProgress::Place::kInStep;
  if (may_trust_tapes()) {
    repeat(from, depth);
  } else {
    check_again(from, depth);
  }
  taped_ = true;
  steps_.resize(depth);
  if (effects_.size() > depth) effects_.resize(depth);
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

// Whole runs show whether the code under test does the same again in every respect.
bool Explorer::may_trust_tapes() {
  return taped_ && testbed_.arena() != nullptr && runs_ >= kFirstRuns &&
         runs_ % kWholeRunEvery != 0 && testbed_.world().can_repeat();
}

// Makes these choices again: what they append is there already, and a hash tells whether they touch
// what they touched before. Of a disk's plain effect, the hash of its submission has told that.
void Explorer::repeat(std::size_t from, std::size_t to) {
  sim::World& world = testbed_.world();
  world.set_repeating(true);
  for (std::size_t i = from; i < to; ++i) {
    const Step& before = steps_[i];
    if (checkpoints_) consider_saving();
    if (before.is_plain_effect && world.repeat_effect(before.fiber, before.effect, before.tapes))
      continue;
    if (world.enabled() != before.enabled) report_other_choices(i, before.enabled);
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
    if (shown_) shown_->note(i, before.fiber, world);
    if (!std::ranges::equal(world.footprint(), footprints_.accesses(before.footprint)))
      report_other_touches(i);
    before.is_plain_effect = world.last_effect().plain;
    before.effect = world.last_effect().effect;
    before.touches = world.hash_of_touches();
    before.tapes = world.tapes().lengths();
  }
}

// The first execution, and then fewer and fewer, are run once more: where no exploration comes
// back, since all is independent, nothing else would show that the same choices do not do the same.
// Where other orders do something else, that is so only if the same order does not.
void Explorer::run_twice(bool in_other_orders) {
  const sim::FiberSet enabled = testbed_.world().enabled();
  const sim::Tapes::Copy items = testbed_.world().tapes().copy();
  const auto difference = in_other_orders ? difference_in_other_orders() : std::nullopt;
  ++statistics_.restarts;
  place_ = InProgress::Place::kBetween;
  testbed_.reset();
  other_path_ = {};
  place_ = InProgress::Place::kInStep;
  testbed_.world().set_repeating(false);
  check_again(0, steps_.size());
  if (testbed_.world().enabled() != enabled) report_other_choices(steps_.size(), enabled);
  if (!testbed_.world().tapes().are_equal(items)) {
    throw Divergence(
        "nondeterminism: an execution that made the same choices again told of other events, or "
        "wrote other contents; does the code under test keep state outside of its world, or read a "
        "clock?");
  }
  if (difference) throw Divergence(*difference);
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

// What the code under test has on the heap does not go back with the rest. It may allocate for the
// first time in an execution that comes late.
void Explorer::drop_unsafe_checkpoints() {
  if (!checkpoints_ || heap_allocations_ == sim::heap_allocations_while_running()) return;
  checkpoints_.reset();
  statistics_.no_checkpoints = kAllocates;
}

// The first executions run from the start, and some later ones: that shows whether the same choices
// do the same again, and whether the code under test keeps memory where no checkpoint holds it.
void Explorer::consider_checkpoints() {
  if (runs_ % kWholeRunEvery == 0) checkpoints_.reset();
  if (runs_ < kFirstRuns || checkpoints_ || !statistics_.no_checkpoints.empty()) return;
  if (testbed_.arena() == nullptr || !sim::can_watch_heap()) {
    statistics_.no_checkpoints = "this build has none";
  } else if (heap_allocations_ != sim::heap_allocations_while_running()) {
    statistics_.no_checkpoints = kAllocates;
  } else if (runs_ % kWholeRunEvery != 0) {
    checkpoints_.emplace(testbed_.world(), *testbed_.arena());
  }
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

// What happens next is not the present path, or changes what it left.
void Explorer::leave_path() {
  if (!left_path_ && taped_) testbed_.world().tapes().keep();
  left_path_ = true;
}

std::optional<FootprintId> Explorer::probe(std::span<const sim::FiberId> choices) {
  ++statistics_.probes;
  drop_unsafe_checkpoints();
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

}  // namespace simcheck::model
