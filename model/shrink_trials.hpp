// Trying out smaller counterexamples: each candidate is run, and counts only if it breaks the same
// properties for the same reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/check_options.hpp"
#include "model/result.hpp"
#include "model/schedule.hpp"
#include "model/workload.hpp"
#include "sim/faults.hpp"

namespace simcheck::model {

/// What a counterexample is made of.
struct Story {
  Workload workload;
  sim::FaultPlan faults;
  Schedule schedule;
};

/// How often the fiber that runs is another than before.
std::size_t context_switches(const Schedule& schedule);

class ShrinkTrials {
 public:
  /// `options` is what found the example. About `limit` executions are run at most.
  ShrinkTrials(const CheckOptions& options, const Counterexample& example, std::uint64_t limit);

  /// Runs the candidate by its schedule, as far as that can be followed. The story as it happened,
  /// if it is still one.
  std::optional<Story> follow(const Story& candidate);

  /// Explores the candidate's workload and faults in any order, `executions` of it at most: the
  /// first story, if that is one.
  std::optional<Story> search(const Story& candidate, std::uint64_t executions);

  /// Who cuts the power in it; nothing if nobody does.
  std::optional<sim::FiberId> power_of(const Story& story) const;

  /// The counterexample that a story gives.
  Counterexample tell(const Story& story);

  std::uint64_t executions() const { return executions_; }
  /// Nothing more is run: the limit was reached, or the run was interrupted.
  bool is_over() const;

 private:
  bool is_same(const Counterexample& example) const;
  bool is_over_with(std::uint64_t images) const;

  CheckOptions options_;
  std::vector<std::string> properties_;  // that must break
  std::string reason_;
  std::uint64_t limit_;
  std::uint64_t executions_ = 0;
  std::uint64_t transitions_ = 0;
};

}  // namespace simcheck::model
