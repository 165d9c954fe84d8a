// Workloads are shared among workers one by one, in order, and large ones are split
// (task_schedule). Their outcomes are put together in that order, and what lies behind the first
// violation is dropped. So the result does not depend on the number of workers or on which of them
// was faster.
#include "model/check.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

#include "model/begin_result.hpp"
#include "model/check_run.hpp"
#include "model/example_choice.hpp"
#include "model/sampling_run.hpp"
#include "model/soak.hpp"

namespace simcheck::model {
namespace {

// The states of all workloads; one that had too many of them was cut short.
void add_up_visited(const CheckOptions& options, Result& result) {
  for (const WorkloadResult& workload : result.workloads) {
    if (!workload.visited) continue;
    if (!result.visited) result.visited.emplace();
    *result.visited += *workload.visited;
  }
  if (result.visited && result.visited->full)
    result.coverage.bounds.push_back(fmt::format("max-states {}", options.limits.states_max));
}

void add_plans(std::vector<std::uint64_t>& sum, const std::vector<std::uint64_t>& part) {
  if (sum.size() < part.size()) sum.resize(part.size());
  for (std::size_t faults = 0; faults < part.size(); ++faults) sum[faults] += part[faults];
}

// Adds what one workload gave, its counterexamples apart; workloads are added in order.
void add_outcome(const CheckOptions& options, Result& result, Exercised& exercised,
                 WorkloadOutcome& outcome) {
  result.counts += outcome.part.counts;
  if (result.crashes) *result.crashes += outcome.part.crashes;
  outcome.part.cut_short = !outcome.exhausted && !outcome.part.violated;
  if (!outcome.part.cut_short) ++result.workloads_done;
  if (result.faults) add_plans(result.faults->plans, outcome.part.plans);
  result.replayed = std::move(outcome.replayed);
  if (result.replayed) result.replayed->found_in = outcome.part.workload;
  outcome.part.broken = broken_by(options, result, outcome.part.workload, outcome.found);
  result.workloads.push_back(std::move(outcome.part));
  for (std::size_t p = 0; p < exercised.size(); ++p) {
    if (outcome.exercised[p]) exercised[p] = true;
  }
}

// A plan was given, and no execution met all of it: then none is what was asked about.
bool missed_its_plan(const Result& result) {
  return result.faults && !result.faults->plan.empty() &&
         (result.faults->plans.empty() || result.faults->plans.back() == 0);
}

void conclude(Result& result, const Exercised& exercised) {
  bool any_violated = false, any_exercised = false;
  for (std::size_t p = 0; p < exercised.size(); ++p) {
    PropertyResult& property = result.properties[p];
    if (property.verdict == Verdict::kViolated) {
      any_violated = true;
    } else if (exercised[p] && !missed_its_plan(result)) {
      any_exercised = true;
      property.verdict = Verdict::kHolds;
    }
  }
  if (any_violated) {
    result.verdict = Verdict::kViolated;
  } else if (result.coverage.interrupted) {
    result.verdict = Verdict::kInterrupted;
  } else {
    result.verdict = any_exercised ? Verdict::kHolds : Verdict::kNotExercised;
  }
}

// The outcomes of the workloads, in their order.
Result put_together(const CheckOptions& options, CheckRunOutcome run) {
  Result result = begin_result(options);
  Exercised exercised(options.properties.size());
  bool was_cut = false;
  std::vector<std::size_t> searched;  // workloads, by their place in the options
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    auto& outcome = run.outcomes[i];
    if (!outcome) continue;
    was_cut |= outcome->was_cut;
    add_outcome(options, result, exercised, *outcome);
    searched.push_back(i);
  }
  ExampleChoice examples(options, result);
  for (const bool known : {false, true})
    for (std::size_t w = 0; w < searched.size(); ++w)
      examples.add(searched[w], result.workloads[w], run.outcomes[searched[w]]->found, known);
  result.coverage.stopped_at_violation = run.stopped_at_violation;
  result.coverage.interrupted = run.interrupted;
  if (was_cut) result.coverage.bounds.push_back(to_string(options.bound));
  if (!run.bound.empty()) result.coverage.bounds.push_back(run.bound);
  // `terminates` calls these broken; to the other properties they were cut short, and what could
  // still have run, dpor never saw.
  if (result.counts.too_long != 0 && !run.stopped_at_violation)
    result.coverage.bounds.push_back(fmt::format("max-steps {}", options.limits.steps_max));
  conclude(result, exercised);
  if (run.error && result.verdict != Verdict::kViolated) std::rethrow_exception(run.error);
  if (run.error && !result.failure) result.failure = run.error;
  if (result.failure) result.coverage.bounds.push_back(kErrorBound);
  return result;
}

}  // namespace

Result check(const CheckOptions& options) {
  if (!is_sampling(options.strategy)) {
    Result result = put_together(options, run_workers(options));
    add_up_visited(options, result);
    return result;
  }
  if (options.sampling.soak_seconds > 0) return soak(options);
  Result result = put_together(options, run_workers(options));
  describe_sampling(options, result);
  return result;
}

}  // namespace simcheck::model
