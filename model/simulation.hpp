// One long execution in virtual time, watched by properties: `simcheck simulate`.
//
// Properties judge finished histories, and a long run must not keep its history. So it is cut into
// segments: after so many requests the guest waits until all are acknowledged; the properties judge
// the segment as a run of its own, which appends to the log of those before; then its history is
// forgotten. What is between requests of different segments, which are never in flight together, is
// not judged, but for what the next segment finds on the devices. docs/simulation.md says what
// that covers.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/block_scenario.hpp"
#include "model/request_source.hpp"
#include "model/result.hpp"
#include "model/simulated_guest.hpp"
#include "properties/property.hpp"
#include "sim/simulate.hpp"

namespace simcheck::model {

struct SimulatedRun;

struct SimulateOptions {
  /// The device under test, and what stands above it; its workload is not looked at.
  BlockScenario scenario;
  RequestSource source;
  std::uint32_t depth = 8;      ///< requests in flight, 1 to sim::kFibersMax
  std::uint32_t segment = 128;  ///< requests after which the properties judge
  std::uint64_t seed = 1;       ///< of the latencies
  sim::LatencyModel latency;
  properties::PropertyList properties;
  bool keep_going = false;     ///< after a violation
  bool keeps_the_log = false;  ///< else what was judged of it is forgotten
  /// Called at the end with the log device as it is then.
  std::function<void(sim::Disk& log, const SimulatedRun& run)> on_end;
  const std::atomic<bool>* interrupt = nullptr;  ///< set it to stop early
};

/// A request that has a part in a violation; times are virtual.
struct InvolvedRequest {
  std::string name;  ///< as in the reasons
  std::string text;  ///< as in workloads
  std::uint64_t submitted_ns = 0;
  std::optional<std::uint64_t> placed_ns{};  ///< when its log entry got its place
  std::uint64_t log_sector = 0;              ///< that place
  std::optional<std::uint64_t> acknowledged_ns{};
};

struct SimulationFinding {
  std::string property;
  std::string reason;
  std::uint64_t at_ns = 0;  ///< of the step that broke the promise
  bool in_the_end = false;  ///< only the segment's end shows it
};

/// The first segment that broke a promise.
struct BrokenSegment {
  std::uint64_t number = 0;         ///< from 1
  std::uint64_t first_request = 0;  ///< how many the guest had issued before
  std::uint64_t end_ns = 0;
  std::vector<SimulationFinding> findings;
  std::vector<InvolvedRequest> involved;  ///< in flight when the first promise was broken
};

struct SimulatedRun {
  // What was asked for; for reports, filled in by the caller.
  std::string program = "simcheck";
  std::string driver;
  std::string guest;    ///< where its requests come from, in words
  std::string options;  ///< of the driver's surroundings, as for a replay
  // What simulate() was given.
  std::uint32_t depth = 0;
  std::uint32_t segment = 0;
  std::uint64_t seed = 0;
  std::uint64_t log_sector_size = 0;  ///< bytes

  GuestFigures guest_figures;
  std::uint64_t end_ns = 0;
  std::uint64_t transitions = 0;
  std::uint64_t segments = 0;
  std::uint64_t segments_violating = 0;
  std::uint64_t log_entries = 0;  ///< that the driver placed
  std::uint64_t log_sectors = 0;  ///< that the log has with them
  Verdict verdict = Verdict::kNotExercised;
  std::vector<PropertyResult> properties;
  std::optional<BrokenSegment> broken;
  bool interrupted = false;

  std::uint64_t requests() const;
};

/// Runs until the source has no more requests, a violation or an interrupt ends it; a deadlock
/// always does. A function of the options alone, unless it was interrupted.
SimulatedRun simulate(const SimulateOptions& options);

}  // namespace simcheck::model
