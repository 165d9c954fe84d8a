// Simulation: one plausible execution of a World in virtual time, where exploration goes through
// all of them. The same World and the same drivers; only the chooser differs: every transition has
// a latency, drawn from a seed, and the earliest comes next.
//
// The model is that of a device without a queue of its own: latencies are independent of the
// load, of the request's size and of one another. Sections take no time: a fiber's code runs in an
// instant of virtual time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/block_device.hpp"
#include "sim/event_history.hpp"
#include "sim/event_queue.hpp"
#include "sim/fiber_set.hpp"
#include "sim/ids.hpp"
#include "sim/latency.hpp"

namespace simcheck::sim {

class World;

/// How long a transition takes from the moment it could happen.
struct LatencyModel {
  /// From the submission of a disk request to its effect; of the log and of every other disk.
  Latency effect = Latency::uniform(20'000, 200'000);
  Latency log_effect = effect;
  /// Of flushes, on any disk; none: as the disk's other requests.
  std::optional<Latency> flush_effect{};
  /// From its effect to the resumption of its fiber.
  Latency completion = Latency::uniform(2'000, 20'000);
  /// From the moment that any other fiber may run (started, woken, yielded) to its section.
  Latency resume = Latency::uniform(100, 1'000);
  /// With several threads, from one access of shared state, or operation of a lock, to the next.
  Latency access = Latency::uniform(5, 50);
};

/// Runs a world step by step. What happens is a function of the world and the seed alone. A
/// transition that is due while its thread is stopped loses its turn, and gets a new one when the
/// thread goes on.
class Simulator {
 public:
  /// The world must outlive the simulator.
  Simulator(World& world, std::uint64_t seed, LatencyModel latency);

  /// Runs the transition that is due next, and gives its fiber. Nothing: no transition is left.
  std::optional<FiberId> step();

  VirtualTime now() const { return now_; }  ///< when the last transition happened

 private:
  void schedule_enabled();
  std::uint64_t draw_ns(FiberId fiber);
  std::uint64_t draw_effect_ns(FiberId fiber);

  World& world_;
  LatencyModel latency_;
  Random random_;
  EventQueue<FiberId> queue_;
  FiberSet scheduled_ = 0;    // these are in the queue
  FiberSet took_effect_ = 0;  // the last transition of these was their request's effect
  VirtualTime now_;
};

struct SimulationOptions {
  std::uint64_t seed = 0;
  LatencyModel latency;
  std::uint32_t steps_max = 1'000'000;  ///< transitions, after which the simulation gives up
};

struct SimulationResult {
  std::vector<FiberId> schedule;      ///< the fiber of each transition, in order
  VirtualTime end;                    ///< when the last transition happened
  Ending ending = Ending::kFinished;  ///< kTooLong: steps_max was hit

  std::uint32_t steps() const { return static_cast<std::uint32_t>(schedule.size()); }
};

/// Runs `world` from where it is until no transition is left. The result is a function of the world
/// and the options alone.
SimulationResult simulate(World& world, const SimulationOptions& options);

}  // namespace simcheck::sim
