// The exploration of one workload: every execution run and judged, what broke remembered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/check_options.hpp"
#include "model/explorer.hpp"
#include "model/fault_plans.hpp"
#include "model/result.hpp"

namespace simcheck::model {

/// A violating execution, and which of the properties it broke, by their place in the list.
struct Found {
  Counterexample example;
  std::vector<std::size_t> properties;
};

struct WorkloadOutcome {
  WorkloadResult part;
  Exercised exercised;
  /// The first violating execution; when keeping going, each that broke something that none before
  /// it broke.
  std::vector<Found> found;
  std::optional<Counterexample> replayed;  ///< of a replay: the execution, if it broke nothing

  bool exhausted = false;        ///< nothing is left to explore
  bool was_cut = false;          ///< by the bound on schedules, when nothing else ended it
  bool is_split_broken = false;  ///< the part is none: the rest means nothing
  bool can_be_split = false;     ///< into parts whose counts add up
  FaultsMet faults;
  bool was_stopped = false;  ///< by whoever was asked between executions
  ExplorerStatistics statistics{};
  double seconds = 0;  ///< of the worker, or workers

  /// Puts the outcomes of two parts, or plans of faults, of one workload together.
  void add(WorkloadOutcome other);
};

class TraceSet;

/// One plan of faults for a workload, and the samples that are drawn of it by strategies that do.
struct PlanTask {
  sim::FaultPlan plan{};
  std::uint64_t first_sample = 0, samples = 0;
  std::shared_ptr<TraceSet> traces{};  ///< of all plans of the workload
};

/// An exploration between two executions, or between two images of the disks that it judges.
class Pause {
 public:
  virtual ~Pause() = default;
  virtual const Counts& counts() const = 0;  ///< so far
  /// Contents of disks after power cuts that it read, those of an execution not counted yet, too.
  virtual std::uint64_t images_read() const = 0;
  virtual double share() const = 0;        ///< of the work that is done: a guess, from 0 to 1
  virtual std::size_t growth() const = 0;  ///< bytes that it may allocate at once soon
  virtual std::string state() = 0;         ///< from which check_workload() can go on
};

/// Is the exploration to end here? Asked at each pause.
using MustStop = std::function<bool(Pause&)>;

/// Explores until nothing is left, a violation ends it, or `must_stop` says true. `workload` is one
/// of those of `options`. `plan`, unless null, is that of the faults to inject, instead of the one
/// in the options. `state`, unless empty, is where an exploration of the same workload and part is
/// to go on. Throws Divergence.
WorkloadOutcome check_workload(const CheckOptions& options, const Workload& workload,
                               const MustStop& must_stop, const Part& part = {},
                               std::string state = {}, const PlanTask* plan = nullptr);

/// Parts of a workload for several workers; at least one.
std::vector<Part> split_workload(const CheckOptions& options, const Workload& workload,
                                 std::size_t parts_wanted);

}  // namespace simcheck::model
