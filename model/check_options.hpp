// What a check is asked to do: a driver, its workloads, a strategy, limits, whom to tell.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/block_scenario.hpp"
#include "model/checkpoint_options.hpp"
#include "model/explorer.hpp"
#include "model/fault_options.hpp"
#include "model/result.hpp"
#include "model/sampling_options.hpp"
#include "model/schedule.hpp"
#include "model/schedule_bound.hpp"
#include "model/workload.hpp"
#include "properties/property.hpp"
#include "sim/block_device.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

enum class StrategyKind : std::uint8_t {
  kDpor,
  kDfs,
  kReplay,
  kRandom,
  kPct,
  kPos,
  kSurw,
  kStateful
};

/// More threads than this explore nothing faster, and each needs room for worlds (sim::Arena).
inline constexpr unsigned kWorkersMax = 64;

/// What bounds an exploration. Zero means unlimited.
struct Limits {
  std::uint64_t executions_max = 0;       ///< over the whole run
  double seconds_max = 0;                 ///< over the whole run
  std::uint32_t steps_max = 30'000;       ///< of one execution; longer ones break `terminates`
  std::uint64_t states_max = kStatesMax;  ///< of one workload, for kStateful; never unlimited
  std::uint64_t memory_max = 0;           ///< bytes that the process takes
};

/// A progress report, at most a few times a second.
struct Progress {
  std::uint64_t workloads_done = 0, workloads_total = 0;
  std::string workload;  ///< the current one
  Counts counts;         ///< so far
  double seconds = 0;
  std::uint64_t executions_before = 0;  ///< of these, what earlier runs did
  double share = 0;                     ///< of all work that is done, from 0 to 1: a guess
  double share_before = 0;              ///< by earlier runs
  double seconds_max = 0;               ///< when the run ends at the latest; 0: no such limit
};

/// A workload that is done. Told in the order of the workloads, each as soon as all before it are
/// done, too: so one run tells what any other does, whichever of its workers is faster.
struct WorkloadDone {
  std::uint64_t number = 0;  ///< from 1
  const WorkloadResult& workload;
  std::vector<const Counterexample*> found{};  ///< as they were found, before any is made smaller
};

struct RunStatistics;

struct CheckOptions {
  std::string program = "simcheck";  ///< for the result
  std::string driver;                ///< for the result
  std::string workload_set;          ///< for the result
  std::uint32_t depth = 0;           ///< for the result
  MakeDevice make_device;
  MakeFilter make_filter;  ///< block layer, detect-zeroes; none: requests go to the driver
  std::uint64_t log_sector_size = 512;  ///< bytes
  std::uint64_t super_interval = 0;     ///< entries between superblock updates; 0: not known
  InitialLog initial_log;
  FaultOptions faults;
  sim::FaultPlan fault_plan;  ///< this one alone; then `faults` has no budgets

  std::vector<Workload> workloads;  ///< in the order to try them
  properties::PropertyList properties;
  StrategyKind strategy = StrategyKind::kDpor;
  std::string schedule;      ///< for kReplay; then there is exactly one workload
  SamplingOptions sampling;  ///< for kRandom, kPct, kPos and kSurw
  Equivalence equivalence = Equivalence::kTrace;  ///< for kDpor; see equivalence_of()
  /// See ExplorerOptions. The command does it.
  bool judge_alike_once = false;
  ScheduleBound bound;              ///< of kDfs; with kDpor, on preemptions only
  std::uint32_t in_flight_max = 0;  ///< of one stage, sliding through it; 0: all at once
  std::uint32_t threads = 1;        ///< of the driver: request i runs on thread i % threads
  bool symmetry = true;             ///< as far as the properties allow it (Property::is_symmetric)
  bool keep_going = false;          ///< go on after a violation
  /// Is what a workload (in text form) broke known? Of a property, the counterexample is that of
  /// the first violation that is not; of several, those of what is not known come first.
  std::function<bool(const std::string& workload, const Broken& broken)> is_known;
  /// Executions that are run to make a counterexample smaller; 0: it is shown as it was found, and
  /// its race is not looked for.
  std::uint64_t shrink_limit = 0;
  bool shrink_workload = true;        ///< its requests, too; else its schedule alone
  std::optional<PowerCut> power_cut;  ///< the power may be cut, and this happens then
  Limits limits;
  /// How to get from one execution to the next. Changes no result.
  Backtracking backtracking = Backtracking::kCheckpoints;
  /// Threads that explore; 0: one per processor. Changes no result. A limit on executions uses one.
  unsigned workers = 0;
  std::vector<std::string> bounds;      ///< bounds that lie in the workloads: "windows of 6"
  CheckpointOptions checkpoint;         ///< not for kReplay, nor for a soak
  RunStatistics* statistics = nullptr;  ///< where to put them; may be null

  std::function<void(const Progress&)>
      on_progress;  ///< may be empty; from any worker, one at a time
  /// May be empty; called as `on_progress` is. Those that a run goes on from are told once more.
  /// Neither must throw: workers wait for them, and have nobody to tell.
  std::function<void(const WorkloadDone&)> on_workload_done;
  const std::atomic<bool>* interrupt = nullptr;  ///< set it to stop early
  std::function<void()> begin_worker;  ///< may be empty; called on each thread but the caller's
};

/// The equivalence that is used: kTrace where a property looks at what was overwritten.
Equivalence equivalence_of(const CheckOptions& options);

/// Is symmetry used? As far as the properties allow it; a schedule is followed as it is.
bool uses_symmetry(const CheckOptions& options);

/// What the options make of one workload.
BlockScenario scenario_of(const CheckOptions& options, const Workload& workload);

/// The schedule of a text. Throws Divergence if it is none.
Schedule schedule_of(const std::string& text);

}  // namespace simcheck::model
