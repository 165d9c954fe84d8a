#include "model/other_orders.hpp"

#include <bit>

#include "model/sampler.hpp"
#include "sim/assert.hpp"

namespace simcheck::model {
namespace {

using sim::FiberId;
using sim::FiberSet;

FiberId last_of(FiberSet set) {
  return FiberId{static_cast<std::uint32_t>(std::bit_width(set)) - 1};
}

FiberId next(OrderRule rule, FiberSet possible, FiberId last, sim::Random& random) {
  const FiberSet before = possible & (sim::bit_of(last) - 1);
  const FiberSet behind = possible & ~before & ~sim::bit_of(last);
  switch (rule) {
    case OrderRule::kInTurns:
      return sim::first_of(behind != 0 ? behind : possible);
    case OrderRule::kInTurnsDown:
      return last_of(before != 0 ? before : possible);
    case OrderRule::kLastFiberFirst:
      return last_of(possible);
    case OrderRule::kAtRandom:
      break;
  }
  return any_of(possible, random);
}

}  // namespace

OtherOrders::OtherOrders(const FootprintTable& footprints, std::span<const Transition> execution,
                         std::size_t fibers)
    : execution_(footprints_, fibers), of_fiber_(fibers) {
  // All footprints come first: one that comes later may show that an earlier one is not private.
  std::vector<Transition> steps(execution.begin(), execution.end());
  for (Transition& step : steps) step.footprint = intern(footprints.accesses(step.footprint));
  for (const Transition& step : steps) {
    of_fiber_[sim::index_of(step.fiber)].push_back(static_cast<std::uint32_t>(execution_.size()));
    execution_.push(step);
  }
}

FootprintId OtherOrders::intern(std::span<const sim::Access> touched) {
  std::vector<sim::Access> accesses(touched.begin(), touched.end());
  for (sim::Access& access : accesses) {
    if (access.mode == sim::AccessMode::kStore) access.mode = sim::AccessMode::kWrite;
  }
  return footprints_.intern(accesses);
}

std::vector<std::uint32_t> OtherOrders::by(OrderRule rule, std::uint64_t seed) const {
  sim::Random random(seed);
  std::vector<std::uint32_t> order, done(of_fiber_.size());
  FiberId last = rule == OrderRule::kInTurns ? FiberId{sim::kFibersMax - 1} : FiberId{0};
  while (order.size() < execution_.size()) {
    last = next(rule, possible(done), last, random);
    order.push_back(of_fiber_[sim::index_of(last)][done[sim::index_of(last)]++]);
  }
  return order;
}

// The fibers whose next transition nothing that is left has to come before.
sim::FiberSet OtherOrders::possible(const std::vector<std::uint32_t>& done) const {
  sim::FiberSet fibers = 0;
  for (std::uint32_t f = 0; f < of_fiber_.size(); ++f) {
    if (done[f] < of_fiber_[f].size() && is_possible(of_fiber_[f][done[f]], done))
      fibers |= sim::bit_of(FiberId{f});
  }
  SIMCHECK_ASSERT(fibers != 0, "of a partial order's events that are left, some are minimal");
  return fibers;
}

bool OtherOrders::is_possible(std::size_t event, const std::vector<std::uint32_t>& done) const {
  const auto clock = execution_.clock(event);
  const std::size_t own = sim::index_of(execution_[event].step.fiber);
  for (std::size_t f = 0; f < clock.size(); ++f) {
    if (f != own && done[f] < static_cast<std::uint32_t>(clock[f])) return false;
  }
  return true;
}

}  // namespace simcheck::model
