// Simulation: one plausible execution of a World in virtual time, where exploration goes through
// all of them. The same World and the same drivers; only the chooser differs: every transition has
// a latency, drawn from a seed, and the earliest comes next.
//
// The model is that of a device without a queue of its own: latencies are independent of the
// load, of the request's size and of one another. Sections take no time: a fiber's code runs in an
// instant of virtual time.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/event_history.hpp"
#include "sim/event_queue.hpp"
#include "sim/ids.hpp"

namespace simcheck::sim {

class World;

/// How long a transition takes from the moment it could happen: uniform over [min, max].
struct LatencyModel {
  /// From the submission of a disk request to its effect.
  std::uint64_t effect_latency_ns_min = 20'000;
  std::uint64_t effect_latency_ns_max = 200'000;
  /// From its effect to the resumption of its fiber.
  std::uint64_t completion_latency_ns_min = 2'000;
  std::uint64_t completion_latency_ns_max = 20'000;
  /// From the moment that any other fiber may run (started, woken, yielded) to its section.
  std::uint64_t resume_latency_ns_min = 100;
  std::uint64_t resume_latency_ns_max = 1'000;
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
/// and the options alone. A transition that is due while its thread is stopped loses its turn, and
/// gets a new one when the thread goes on.
SimulationResult simulate(World& world, const SimulationOptions& options);

}  // namespace simcheck::sim
