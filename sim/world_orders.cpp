// What keeps transitions of a World in an order that whoever explores has fixed.
#include <algorithm>

#include "sim/world.hpp"

namespace simcheck::sim {

void World::order(const TransitionOrder& order) {
  plain_ = false;
  orders_.push_back({order, add_enabling_object()});
  for (const TransitionName& name : {order.earlier, order.later}) {
    FiberPlan& plan = plan_of(name.fiber);
    plan.first_ordered = std::min(plan.first_ordered, name.number);
    plan.last_ordered = std::max(plan.last_ordered, name.number);
  }
  hold_back_if_ordered(state_of(order.later.fiber));
}

// The next transition of an ordered fiber reads what it waited for, if it waited.
void World::begin_ordered(FiberState& state) {
  const std::uint32_t next = state.transitions + 1;
  const FiberPlan& plan = plan_of(state.id);
  if (next < plan.first_ordered || next > plan.last_ordered) return;
  for (const OrderState& o : orders_) {
    if (o.order.later == TransitionName{state.id, next}) touch(o.object, AccessMode::kRead);
  }
}

void World::end_ordered(FiberState& state) {
  const bool ended = !contains(unfinished_, state.id);
  const FiberPlan& plan = plan_of(state.id);
  if (state.transitions > plan.last_ordered) return;
  if (state.transitions + 1 < plan.first_ordered && !ended) return;
  for (const OrderState& o : orders_) {
    const TransitionName& earlier = o.order.earlier;
    if (earlier.fiber != state.id) continue;
    const bool ends_before = ended && o.order.or_end && state.transitions < earlier.number;
    if (earlier.number != state.transitions && !ends_before) continue;
    touch(o.object, AccessMode::kAdd);
    hold_back_if_ordered(state_of(o.order.later.fiber));
  }
  hold_back_if_ordered(state);
}

bool World::has_had(const TransitionOrder& order) const {
  const FiberState& state = state_of(order.earlier.fiber);
  const bool ended = order.or_end && !contains(unfinished_, state.id);
  return ended || state.transitions >= order.earlier.number;
}

void World::hold_back_if_ordered(FiberState& state) {
  const bool must_wait = std::ranges::any_of(orders_, [&](const OrderState& o) {
    return o.order.later == TransitionName{state.id, state.transitions + 1} && !has_had(o.order);
  });
  if (must_wait) {
    ordered_back_ |= bit_of(state.id);
  } else {
    ordered_back_ &= ~bit_of(state.id);
  }
}

}  // namespace simcheck::sim
