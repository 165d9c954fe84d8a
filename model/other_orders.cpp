#include "model/other_orders.hpp"

#include "sim/assert.hpp"

namespace simcheck::model {

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

std::vector<std::uint32_t> OtherOrders::by(OrderRule rule) const {
  std::vector<std::uint32_t> order, done(of_fiber_.size());
  sim::FiberId last{static_cast<std::uint32_t>(of_fiber_.size() - 1)};
  while (order.size() < execution_.size()) {
    last = next(rule, done, last);
    order.push_back(of_fiber_[sim::index_of(last)][done[sim::index_of(last)]++]);
  }
  return order;
}

sim::FiberId OtherOrders::next(OrderRule rule, const std::vector<std::uint32_t>& done,
                               sim::FiberId last) const {
  const std::size_t fibers = of_fiber_.size();
  for (std::size_t k = 1; k <= fibers; ++k) {
    const std::size_t f =
        rule == OrderRule::kLastFiberFirst ? fibers - k : (sim::index_of(last) + k) % fibers;
    if (done[f] < of_fiber_[f].size() && is_possible(of_fiber_[f][done[f]], done))
      return sim::FiberId{static_cast<std::uint32_t>(f)};
  }
  SIMCHECK_ASSERT(false, "of a partial order's events that are left, some are minimal");
  return last;
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
