// The part of a simulation that broke a promise, in words and times.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "model/simulated_faults.hpp"
#include "model/simulation.hpp"
#include "properties/property.hpp"
#include "sim/event_history.hpp"

namespace simcheck::model {

struct BrokenPromise {
  const std::string* property = nullptr;
  properties::Violation violation;
};

/// What was broken, and which requests were in flight then. `step_ns` has the virtual time of each
/// step. The segment's place in the run is left to the caller.
BrokenSegment describe_broken(const sim::History& history, std::span<const BrokenPromise> all,
                              std::span<const std::uint64_t> step_ns);

SimulatedFault describe_fault(const StruckFault& fault, const sim::History& history,
                              std::span<const std::uint64_t> step_ns);

}  // namespace simcheck::model
