#include "sim/simulate.hpp"

#include "sim/random.hpp"
#include "sim/world.hpp"

namespace simcheck::sim {
namespace {

class Simulation {
 public:
  Simulation(World& world, const SimulationOptions& options)
      : world_(world), options_(options), random_(options.seed) {}

  SimulationResult run() {
    while (world_.enabled() != 0) {
      if (result_.steps() == options_.steps_max) {
        result_.ending = Ending::kTooLong;
        return result_;
      }
      schedule_enabled();
      run_earliest();
    }
    if (world_.unfinished() != 0) result_.ending = Ending::kDeadlocked;
    return result_;
  }

 private:
  // In order of their ids, so that the draws do not depend on how the set came about.
  void schedule_enabled() {
    const FiberSet newly_enabled = world_.enabled() & ~scheduled_;
    for (std::uint32_t f = 0; f < world_.fiber_count(); ++f) {
      const FiberId fiber{f};
      if ((newly_enabled & bit_of(fiber)) != 0) queue_.push(after(now_, draw_ns(fiber)), fiber);
    }
    scheduled_ |= newly_enabled;
  }

  void run_earliest() {
    const auto [due, number, fiber] = queue_.pop();
    scheduled_ &= ~bit_of(fiber);
    if ((world_.enabled() & bit_of(fiber)) == 0) return;
    now_ = result_.end = due;
    result_.schedule.push_back(fiber);
    const bool is_effect = (world_.in_flight() & bit_of(fiber)) != 0;
    world_.run(fiber);
    took_effect_ = is_effect ? took_effect_ | bit_of(fiber) : took_effect_ & ~bit_of(fiber);
  }

  std::uint64_t draw_ns(FiberId fiber) {
    const LatencyModel& latency = options_.latency;
    if ((world_.in_flight() & bit_of(fiber)) != 0)
      return random_.between(latency.effect_latency_ns_min, latency.effect_latency_ns_max);
    if ((took_effect_ & bit_of(fiber)) != 0)
      return random_.between(latency.completion_latency_ns_min, latency.completion_latency_ns_max);
    return random_.between(latency.resume_latency_ns_min, latency.resume_latency_ns_max);
  }

  World& world_;
  const SimulationOptions& options_;
  Random random_;
  EventQueue<FiberId> queue_;
  FiberSet scheduled_ = 0;    // these are in the queue
  FiberSet took_effect_ = 0;  // the last transition of these was their request's effect
  VirtualTime now_;
  SimulationResult result_;
};

}  // namespace

SimulationResult simulate(World& world, const SimulationOptions& options) {
  return Simulation(world, options).run();
}

}  // namespace simcheck::sim
