#include "model/shrink_trials.hpp"

#include <algorithm>
#include <utility>

#include "model/counterexample.hpp"
#include "model/divergence.hpp"
#include "model/explorer.hpp"
#include "model/fault_plan.hpp"
#include "model/guided.hpp"
#include "model/reason_kind.hpp"
#include "model/workload_check.hpp"

namespace simcheck::model {
namespace {

// An execution that goes on for long counts for more than one.
constexpr std::uint64_t kTransitionsPerExecution = 500;
// To make the image that a power cut leaves, and to let a recovery run on it, takes as long as
// some.
constexpr std::uint64_t kTransitionsPerImage = 50;

// The checks that look for stories: exhaustive, until the first violation.
CheckOptions searching(CheckOptions options) {
  options.strategy = StrategyKind::kDpor;
  options.schedule.clear();
  options.bound = {};
  options.faults.budgets.clear();
  options.keep_going = false;
  return options;
}

}  // namespace

std::size_t context_switches(const Schedule& schedule) {
  std::size_t switches = 0;
  for (std::size_t i = 1; i < schedule.size(); ++i) switches += schedule[i] != schedule[i - 1];
  return switches;
}

ShrinkTrials::ShrinkTrials(const CheckOptions& options, const Counterexample& example,
                           std::uint64_t limit)
    : options_(searching(options)),
      reason_(kind_of_reason(example.findings.front().reason)),
      limit_(limit) {
  for (const Finding& finding : example.findings) properties_.push_back(finding.property);
}

bool ShrinkTrials::is_over() const { return is_over_with(0); }

// With what an execution costs that is not counted yet.
bool ShrinkTrials::is_over_with(std::uint64_t images) const {
  const bool interrupted = options_.interrupt != nullptr && options_.interrupt->load();
  const std::uint64_t transitions = transitions_ + images * kTransitionsPerImage;
  return interrupted || executions_ >= limit_ || transitions / kTransitionsPerExecution >= limit_;
}

bool ShrinkTrials::is_same(const Counterexample& example) const {
  if (kind_of_reason(example.findings.front().reason) != reason_) return false;
  return std::ranges::all_of(properties_, [&](const std::string& property) {
    return std::ranges::find(example.findings, property, &Finding::property) !=
           example.findings.end();
  });
}

std::optional<Story> ShrinkTrials::follow(const Story& candidate) {
  if (is_over()) return std::nullopt;
  ++executions_;
  const BlockScenario scenario = scenario_to_follow(options_, candidate.workload, candidate.faults);
  std::uint64_t images = 0;
  Explorer explorer = explorer_of(options_, scenario, [&] { return is_over_with(++images); });
  const auto guided = make_guided(candidate.schedule);
  auto outcome = Explorer::Outcome::kBlocked;
  try {
    outcome = explorer.run_next(*guided).value();
  } catch (const JudgingStopped&) {
  }
  transitions_ += explorer.counts().transitions + images * kTransitionsPerImage;
  if (outcome != Explorer::Outcome::kViolated) return std::nullopt;
  Counterexample example;
  for (const BrokenProperty& broken : explorer.broken()) {
    example.findings.push_back(
        {.property = std::string(options_.properties[broken.property]->name()),
         .reason = broken.violation.reason});
  }
  if (!is_same(example)) return std::nullopt;
  return Story{candidate.workload, candidate.faults, explorer.schedule()};
}

// That the code under test shares state unseen may show in a smaller workload alone; then what was
// found already counts for more.
std::optional<Story> ShrinkTrials::search(const Story& candidate, std::uint64_t executions) {
  if (is_over()) return std::nullopt;
  CheckOptions options = options_;
  options.workloads = {candidate.workload};
  options.fault_plan = candidate.faults;
  const auto must_stop = [&](Pause& pause) {
    const Counts& counts = pause.counts();
    return counts.executions + counts.blocked >= executions || is_over_with(pause.images_read());
  };
  WorkloadOutcome outcome;
  try {
    outcome = check_workload(options, options.workloads.front(), must_stop);
  } catch (const Divergence&) {
    ++executions_;
    return std::nullopt;
  }
  executions_ += outcome.part.counts.executions + outcome.part.counts.blocked;
  transitions_ +=
      outcome.part.counts.transitions + outcome.part.crashes.recoveries * kTransitionsPerImage;
  if (outcome.found.empty() || !is_same(outcome.found.front().example)) return std::nullopt;
  return Story{candidate.workload, candidate.faults,
               schedule_of(outcome.found.front().example.schedule)};
}

std::optional<sim::FiberId> ShrinkTrials::power_of(const Story& story) const {
  if (!options_.power_cut) return std::nullopt;
  const BlockScenario scenario = scenario_to_follow(options_, story.workload, story.faults);
  return sim::first_of(explorer_of(options_, scenario).world().power());
}

Counterexample ShrinkTrials::tell(const Story& story) {
  const BlockScenario scenario = scenario_to_follow(options_, story.workload, story.faults);
  Explorer explorer = explorer_of(options_, scenario);
  const auto guided = make_guided(story.schedule);
  explorer.run_next(*guided);
  Counterexample example = describe(options_, scenario, explorer);
  if (!is_same(example))
    throw Divergence(
        "nondeterminism: the same schedule breaks nothing when it is run again; does the code "
        "under test, or a property, keep state outside of its world, or read a clock?");
  return example;
}

}  // namespace simcheck::model
