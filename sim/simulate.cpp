#include "sim/simulate.hpp"

#include <bit>
#include <utility>

#include "sim/disk.hpp"
#include "sim/random.hpp"
#include "sim/world.hpp"

namespace simcheck::sim {

Simulator::Simulator(World& world, std::uint64_t seed, LatencyModel latency)
    : world_(world), latency_(std::move(latency)), random_(seed) {}

std::optional<FiberId> Simulator::step() {
  while (world_.enabled() != 0) {
    schedule_enabled();
    const auto [due, number, fiber] = queue_.pop();
    scheduled_ &= ~bit_of(fiber);
    if ((world_.enabled() & bit_of(fiber)) == 0) continue;
    now_ = due;
    const bool is_effect = (world_.in_flight() & bit_of(fiber)) != 0;
    world_.run(fiber);
    took_effect_ = is_effect ? took_effect_ | bit_of(fiber) : took_effect_ & ~bit_of(fiber);
    return fiber;
  }
  return std::nullopt;
}

// In order of their ids, so that the draws do not depend on how the set came about.
void Simulator::schedule_enabled() {
  const FiberSet newly_enabled = world_.enabled() & ~scheduled_;
  for (FiberSet left = newly_enabled; left != 0; left &= left - 1) {
    const FiberId fiber{static_cast<std::uint32_t>(std::countr_zero(left))};
    queue_.push(after(now_, draw_ns(fiber)), fiber);
  }
  scheduled_ |= newly_enabled;
}

std::uint64_t Simulator::draw_ns(FiberId fiber) {
  if ((world_.in_flight() & bit_of(fiber)) != 0) return draw_effect_ns(fiber);
  if ((took_effect_ & bit_of(fiber)) != 0) return latency_.completion.draw_ns(random_);
  const bool was_preempted = (world_.in_section() & bit_of(fiber)) != 0;
  return (was_preempted ? latency_.access : latency_.resume).draw_ns(random_);
}

std::uint64_t Simulator::draw_effect_ns(FiberId fiber) {
  const DiskRequest& request = world_.request_in_flight(fiber);
  if (latency_.flush_effect && request.kind == IoKind::kFlush)
    return latency_.flush_effect->draw_ns(random_);
  const bool is_log = world_.role_of(*request.disk) == DeviceRole::kLog;
  return (is_log ? latency_.log_effect : latency_.effect).draw_ns(random_);
}

SimulationResult simulate(World& world, const SimulationOptions& options) {
  Simulator simulator(world, options.seed, options.latency);
  SimulationResult result;
  while (world.enabled() != 0) {
    if (result.steps() == options.steps_max) {
      result.ending = Ending::kTooLong;
      return result;
    }
    const std::optional<FiberId> fiber = simulator.step();
    if (!fiber) break;
    result.schedule.push_back(*fiber);
    result.end = simulator.now();
  }
  if (world.unfinished() != 0) result.ending = Ending::kDeadlocked;
  return result;
}

}  // namespace simcheck::sim
