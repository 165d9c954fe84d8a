// What a check found, as plain data: all that reports need, and nothing that lives in a World.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "model/sampled.hpp"
#include "model/visited.hpp"

namespace simcheck::model {

/// How far the executions of a run reach. `executions` are complete ones (deadlocked ones among
/// them); `blocked` were cut, by sleep sets or at a visited state, and add nothing; `transitions`
/// sums the lengths of all executions.
struct Counts {
  std::uint64_t executions = 0;
  std::uint64_t deadlocked = 0;
  std::uint64_t blocked = 0;
  std::uint64_t transitions = 0;
  std::uint64_t too_long = 0;  ///< executions that the limit of steps ended

  Counts& operator+=(const Counts& other);
  friend bool operator==(const Counts&, const Counts&) = default;
};

/// How far power cuts were looked into.
struct CrashCounts {
  /// Distinct states (of the disks, of what of them is durable, of what was acknowledged) in which
  /// the power was cut, of each workload.
  std::uint64_t states = 0;
  std::uint64_t recoveries = 0;      ///< contents of the disks that were read
  std::uint64_t recoveries_cut = 0;  ///< of these, recoveries that the power was cut in
  std::uint64_t images = 0;          ///< contents that the first cuts left; at most 2^64 - 1

  void add_images(std::uint64_t data, std::uint64_t log);
  CrashCounts& operator+=(const CrashCounts& other);
  friend bool operator==(const CrashCounts&, const CrashCounts&) = default;
};

enum class Verdict : std::uint8_t {
  kHolds,         ///< in everything that was explored; `coverage` says what that was
  kViolated,      ///< a counterexample was found
  kNotExercised,  ///< nothing explored could have broken it
  kInterrupted,   ///< stopped from outside before a violation was found
};

/// "holds", "violated", "not exercised", "interrupted".
std::string to_string(Verdict verdict);

/// What the exploration covered. Complete only if nothing below ended or narrowed it.
struct Coverage {
  std::vector<std::string> bounds{};  ///< each bound that cut something: "windows of 6"
  bool interrupted = false;
  bool stopped_at_violation = false;  ///< what lay behind the first one was not explored

  bool complete() const { return bounds.empty() && !interrupted && !stopped_at_violation; }
};

/// One property's verdict over the whole run.
struct PropertyResult {
  std::string name{};
  Verdict verdict = Verdict::kNotExercised;
  std::string reason{};   ///< why it is violated; empty otherwise
  std::string summary{};  ///< the promise in a line
};

/// A property that a workload broke.
struct Broken {
  std::string property{};
  std::string reason{};  ///< as it was found, before anything was made smaller
  bool known = false;    ///< whoever asked knew of it before, and accepts it
};

/// One workload's part of the run.
struct WorkloadResult {
  std::string workload{};  ///< in text form
  Counts counts{};
  bool violated = false;
  bool cut_short = false;  ///< neither explored to its end nor violated: something ended the run
  std::optional<Sampled> sampled{};  ///< by the sampling strategies
  std::optional<Visited> visited{};  ///< by `stateful`
  CrashCounts crashes{};             ///< if the power was cut
  /// The plans of faults explored, by the number of their faults; empty unless faults are looked
  /// for.
  std::vector<std::uint64_t> plans{};
  std::vector<Broken> broken{};  ///< each property once, in the order found
};

/// What a run that looks for faults adds.
struct FaultResult {
  std::string asked{};                 ///< "eio=1,enospc=40"
  std::string plan{};                  ///< the one plan that was given; then no others were
  std::uint64_t log_sectors = 0;       ///< that the log device has; 0: more than are needed
  std::vector<std::uint64_t> plans{};  ///< of all workloads, by the number of their faults
};

/// What only a run of a sampling strategy has.
struct SamplingResult {
  std::uint64_t seed = 0;
  std::uint64_t samples = 0;  ///< executions of each workload (in a soak: in each round)
  std::uint64_t rounds = 0;   ///< begun, of a soak; else 0
  Sampled sampled{};          ///< traces of all workloads, the least of their odds
};

// -- Counterexamples -----------------------------------------------------------------------------

enum class StepKind : std::uint8_t {
  kStart,   ///< a fiber runs for the first time
  kResume,  ///< a fiber runs on after what it waited for
  kEffect,  ///< a disk request takes effect; no code runs
  kCut,     ///< the power is cut; nothing comes after it
};

/// A shared object's value changed in a step; both are printed forms and may be equal.
struct Change {
  std::string object{};
  std::string before{};
  std::string after{};
};

/// A disk request seen in a step.
struct StepIo {
  enum class Moment : std::uint8_t { kSubmitted, kTookEffect, kCompleted } moment{};
  std::string kind{};    ///< "write", "zeroes", "discard", "flush", "read"
  std::string device{};  ///< "data" or "log"
  std::string what{};    ///< the driver's word for it: "header", "superblock"; may be empty
  std::uint64_t offset = 0, length = 0;  ///< bytes
  std::string status{};                  ///< "ok", "EIO"; meaningful once it took effect
  std::string fault{};                   ///< what hit it: "torn-early"; else empty
};

/// A shared object, or bytes of a disk, that a step used.
struct StepAccess {
  std::string object{};
  std::string how{};                 ///< "read", "write", "add", "acquire", ...
  std::uint64_t begin = 0, end = 0;  ///< bytes of a disk; both 0: the whole object

  friend bool operator==(const StepAccess&, const StepAccess&) = default;
};

/// One transition of a counterexample.
struct TraceStep {
  std::uint32_t lane = 0;  ///< index into Trace::lanes
  StepKind kind{};
  std::vector<StepIo> ios{};           ///< in order within the step
  std::vector<Change> changes{};       ///< in order within the step
  std::vector<std::string> notes{};    ///< "places its entry at log sector 1", "acknowledged: ok"
  std::vector<StepAccess> accesses{};  ///< its footprint, without what only wakes others
  /// Steps of other lanes, by index, that come before this one in every execution that is
  /// equivalent; those that follow from others are left out.
  std::vector<std::uint32_t> depends_on{};
  /// The line of the call that the step is about, and ends in if it blocks: "drivers/buggy.cpp:25".
  /// Empty where it is not known: an operator of a Shared tells none.
  std::string source{};
};

/// A fiber: in the built-in scenarios, a request of the guest.
struct Lane {
  std::string name{};   ///< "A"
  std::string title{};  ///< "zeroes 0 4k"; empty for fibers that are no request
  /// What it waits for at the end, in words, if it never ended: "condition variable super_updated".
  std::string waits_for{};
  std::optional<std::uint32_t> thread{};  ///< whose event loop runs it, where there are several
};

/// A log entry as a reader of the log sees it: header at `header_sector`, data behind it.
struct PlacedEntry {
  std::uint32_t lane = 0;
  std::uint64_t header_sector = 0;
  std::uint64_t data_sectors = 0;          ///< counted behind the header
  std::optional<std::uint64_t> data_at{};  ///< where its data was really put; none if it has none
  std::uint64_t flags = 0;
  bool header_failed = false;  ///< a fault kept its header from getting there
  std::uint32_t step = 0;      ///< in which its place was fixed
};

struct Trace {
  std::vector<Lane> lanes{};
  std::vector<TraceStep> steps{};
  std::vector<PlacedEntry> entries{};   ///< in the order they were placed; empty without a log
  std::uint64_t log_sector_size = 512;  ///< bytes
  std::uint64_t first_log_sector = 1;   ///< at which the entries of this run begin
  std::vector<Change> final_state{};    ///< every shared object: name, initial and final value
};

/// A property broken by a counterexample.
struct Finding {
  std::string property{};
  std::string reason{};
  std::uint32_t step = 0;  ///< the step that broke it; == steps.size() if only the end shows it
  bool known = false;      ///< as Broken::known
};

/// Two steps, from 0: had the second come before the first, nothing would be broken.
struct RacePair {
  std::size_t first = 0, second = 0;

  friend bool operator==(const RacePair&, const RacePair&) = default;
};

/// What a counterexample takes to tell.
struct StorySize {
  std::size_t requests = 0;
  std::size_t faults = 0;
  std::size_t switches = 0;  ///< how often the fiber that runs is another than before
  std::size_t steps = 0;

  friend bool operator==(const StorySize&, const StorySize&) = default;
};

/// How a counterexample was made smaller (shrink.hpp).
struct Shrunk {
  StorySize before{}, after{};
  std::uint64_t candidates = 0;  ///< executions that were tried
  bool limit_reached = false;    ///< there was more to try
};

struct Counterexample {
  std::string workload{};           ///< in text form
  std::string found_in{};           ///< the workload that was explored, before it was made smaller
  std::string schedule{};           ///< "s1:..."
  std::string fault_plan{};         ///< "A.2=eio"; empty without faults
  std::vector<Finding> findings{};  ///< in the order of the property list
  bool deadlock = false;
  Trace trace{};
  std::optional<Shrunk> shrunk{};  ///< if that was tried
  std::optional<RacePair> race{};  ///< the latest such pair, if one was looked for and found
};

/// The whole check: one driver over a set of workloads.
struct Result {
  std::string program = "simcheck";  ///< the command, for replay lines
  std::string driver{};
  std::string workload_set{};  ///< "default set of depth 6" or the text given
  std::uint32_t depth = 0;
  std::uint32_t threads = 1;              ///< that the requests are spread over
  std::uint64_t super_interval = 0;       ///< entries between superblock updates; 0: not known
  std::string strategy{};                 ///< "dpor"
  std::vector<std::string> reductions{};  ///< "trace equivalence", "symmetry"
  std::string settings{};        ///< options that change what runs, no row of a report's own
  std::string replay_options{};  ///< what besides workload and schedule a replay line must repeat
  bool violation_expected = false;  ///< by whoever asked: that there is one is no failure then
  bool has_baseline = false;        ///< whoever asked has told what is known (Broken::known)

  Verdict verdict = Verdict::kNotExercised;
  Coverage coverage{};
  Counts counts{};
  std::optional<SamplingResult> sampling{};
  std::optional<Visited> visited{};      ///< of all workloads; by `stateful`
  std::optional<CrashCounts> crashes{};  ///< of all workloads; if the power was cut
  std::string durability{};              ///< the model of what survives a cut; "" without one
  std::string recovery{};                ///< what runs after one; "" if nothing does
  std::uint32_t cuts = 1;                ///< that may follow one another
  std::optional<FaultResult> faults{};
  std::string initial_log{};  ///< what the log device held, in words; empty: nothing
  std::uint64_t workloads_total = 0, workloads_done = 0;
  std::vector<PropertyResult> properties{};
  std::vector<WorkloadResult> workloads{};
  std::vector<Counterexample> counterexamples{};  ///< one, unless the check was to keep going
  std::optional<Counterexample> replayed{};       ///< the one execution of a replay that broke none
  /// An error of the code under test beside a violation that was found: it ended the check that
  /// kept going, or came when the counterexample was made smaller. To be rethrown once all is told.
  std::exception_ptr failure{};
};

/// The bound of a check that has a failure.
inline constexpr const char* kErrorBound = "an error of the code under test";

}  // namespace simcheck::model
