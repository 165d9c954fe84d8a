// One long execution in virtual time, watched by properties: `simcheck simulate`.
//
// Properties judge finished histories, and a long run must not keep its history. So it is cut into
// segments: after so many requests the guest waits until all are acknowledged; the properties judge
// the segment as a run of its own, which appends to the log of those before; then its history is
// forgotten. What is between requests of different segments, which are never in flight together, is
// not judged, but for what the next segment finds on the devices. docs/simulation.md says what
// that covers.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/block_scenario.hpp"
#include "model/fault_options.hpp"
#include "model/request_source.hpp"
#include "model/result.hpp"
#include "model/simulated_guest.hpp"
#include "properties/property.hpp"
#include "sim/simulate.hpp"

namespace simcheck::model {

struct SimulatedRun;

struct SimulationProgress {
  std::uint64_t requests = 0;      ///< acknowledged
  std::uint64_t requests_max = 0;  ///< that there will be
  std::uint64_t segments_violating = 0;
  std::uint64_t virtual_ns = 0;
};

struct SimulateOptions {
  /// The device under test, and what stands above it; its workload and plan of faults are not
  /// looked at. Lane i runs on thread i % threads. With a power cut, that ends the run.
  BlockScenario scenario;
  RequestSource source;
  std::uint64_t requests = 0;   ///< that the source has
  FaultOptions faults;          ///< the budgets are those of each segment
  std::uint32_t depth = 8;      ///< requests in flight, 1 to sim::kFibersMax
  std::uint32_t segment = 128;  ///< requests after which the properties judge
  std::uint64_t seed = 1;       ///< of the latencies
  sim::LatencyModel latency;
  properties::PropertyList properties;
  bool keep_going = false;     ///< after a violation
  bool keeps_the_log = false;  ///< else what was judged of it is forgotten
  /// Called at the end with the log device as it is then.
  std::function<void(sim::Disk& log, const SimulatedRun& run)> on_end;
  /// Called after each segment.
  std::function<void(const SimulationProgress&)> on_progress;
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

struct SimulatedFault {
  std::string text;  ///< "eio in a write of the log, for B (write 36508k 4k)"
  std::uint64_t submitted_ns = 0;
};

/// Which requests of a broken segment are told.
enum class Told : std::uint8_t {
  kInFlight,  ///< in flight when the first promise was broken, or for ever
  kNamed,  ///< only the end shows it: those that the reasons name, and who was in flight with them
  kAll,    ///< likewise, and no reason names any: all, if they are few
  kTooMany,  ///< likewise, and they are many: none
};

/// The first segment that broke a promise.
struct BrokenSegment {
  std::uint64_t number = 0;         ///< from 1
  std::uint64_t first_request = 0;  ///< how many the guest had issued before
  std::uint64_t end_ns = 0;
  std::vector<SimulationFinding> findings;
  Told told = Told::kInFlight;
  std::vector<InvolvedRequest> involved;  ///< as `told` says
  std::uint64_t requests = 0;             ///< of the segment
  std::vector<SimulatedFault> faults;     ///< that hit the segment
};

/// How the power cut ended a run, and what was judged of what it left.
struct CutRun {
  std::uint64_t request = 0;  ///< the latest that had begun, of the whole run, from 1
  std::uint64_t at_ns = 0;
  CrashCounts counts;
};

struct SimulatedRun {
  // What was asked for; for reports, filled in by the caller.
  std::string program = "simcheck";
  std::string driver;
  std::string guest;  ///< where its requests come from, in words
  /// The requests in flight when a promise was broken are likely to be all that it takes.
  bool narrows = true;
  std::string options;  ///< of the driver's surroundings, as for a replay
  // What simulate() was given.
  std::uint32_t depth = 0;
  std::uint32_t segment = 0;
  std::uint64_t seed = 0;
  std::uint32_t threads = 1;
  std::string faults;                 ///< as asked for; empty: none
  std::uint64_t log_sector_size = 0;  ///< bytes

  GuestFigures guest_figures;
  std::uint64_t end_ns = 0;
  std::uint64_t transitions = 0;
  std::uint64_t segments = 0;
  std::uint64_t segments_violating = 0;
  std::uint64_t log_entries = 0;  ///< that the driver placed
  std::uint64_t log_sectors = 0;  ///< that the log has with them
  /// That hit a disk request, by sim::FaultKind.
  std::array<std::uint64_t, sim::kFaultKinds> faults_struck{};
  std::optional<CutRun> cut{};    ///< none: the power was not cut
  std::uint64_t cut_planned = 0;  ///< at this request, from 1; 0: never
  Verdict verdict = Verdict::kNotExercised;
  std::vector<PropertyResult> properties;
  std::optional<BrokenSegment> broken;
  bool interrupted = false;

  std::uint64_t requests() const;
};

/// Runs until the source has no more requests, a violation, a power cut or an interrupt ends it; a
/// deadlock always does. A function of the options alone, unless it was interrupted.
SimulatedRun simulate(const SimulateOptions& options);

}  // namespace simcheck::model
