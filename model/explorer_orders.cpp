// What reduction by traces takes for granted, checked on samples: an Explorer runs an execution's
// transitions in other orders that are the same trace, and each must do what it did.
//
// It does not if fibers share what no footprint shows, a plain member or a static: then executions
// that differ count as one, and a strategy that leaves all but one of them out may miss the bug.
#include <numeric>
#include <string>
#include <vector>

#include "model/explorer.hpp"
#include "model/other_orders.hpp"
#include "model/trace_facts.hpp"

namespace simcheck::model {

// The execution at hand in other orders; the path is to be run again after it. Says what was not
// the same, if anything. A violation has happened, whatever else is wrong, so it is told instead.
std::optional<std::string> Explorer::difference_in_other_orders() {
  if (ending_ == sim::Ending::kTooLong || steps_.size() > kReorderedMax) return std::nullopt;
  const std::vector<Transition> execution = transitions();
  const bool is_cut = testbed_.world().power_was_cut();  // by the last one
  Places same(execution.size());
  std::iota(same.begin(), same.end(), 0);
  const TraceFacts facts = facts_of(same);
  if (!facts.broken().empty()) return std::nullopt;
  const OtherOrders orders(footprints_, std::span(execution).first(same.size() - (is_cut ? 1 : 0)),
                           fiber_count());
  const std::uint64_t seed = seed_of_path();
  Places last = same;
  for (const OrderRule rule : {OrderRule::kInTurns, OrderRule::kInTurnsDown,
                               OrderRule::kLastFiberFirst, OrderRule::kAtRandom}) {
    if (runs_ > 1 && rule != OrderRule::kAtRandom) continue;
    Places places = orders.by(rule, seed);
    if (is_cut) places.push_back(same.back());
    if (places == same || places == last) continue;
    if (difference_in(places, facts)) return undeclared_state(places, facts);
    last = std::move(places);
  }
  return std::nullopt;
}

// Of what happened alone, so that it does not matter who explores it.
std::uint64_t Explorer::seed_of_path() const {
  sim::Hash128 hash = sim::kHashSeed;
  for (const Step& step : steps_) {
    mix(hash, index_of(step.fiber));
    mix(hash, step.touches);
  }
  return hash.low;
}

// Of the execution that has just ended. Nobody judges one that is cut short.
TraceFacts Explorer::facts_of(const Places& places) {
  const sim::World& world = testbed_.world();
  place_ = InProgress::Place::kJudging;
  const properties::PropertyList none;
  return {world, places, world.power_was_cut() ? none : properties_};
}

// Of the execution with these facts, and of the same transitions in this order.
std::optional<TraceFacts::Difference> Explorer::difference_in(const Places& places,
                                                              const TraceFacts& facts) {
  other_order_.clear();
  for (const std::uint32_t place : places) other_order_.push_back(steps_[place].fiber);
  place_ = InProgress::Place::kBetween;
  testbed_.reset();
  sim::World& world = testbed_.world();
  world.set_repeating(false);
  other_path_ = other_order_;
  place_ = InProgress::Place::kInStep;
  for (const std::uint32_t place : places) {
    const Step& step = steps_[place];
    if (!contains(world.enabled(), step.fiber))
      return TraceFacts::Difference{place, why_not(step.fiber)};
    world.run(step.fiber);
    ++statistics_.transitions_run;
    if (!std::ranges::equal(world.footprint(), footprints_.accesses(step.footprint)))
      return TraceFacts::Difference{place, what_else(step)};
  }
  return facts_of(places).difference_from(facts);
}

}  // namespace simcheck::model
