// Workloads are shared among workers one by one, in order, and large ones are split
// (task_schedule). Their outcomes are put together in that order, and what lies behind the first
// violation is dropped. So the result does not depend on the number of workers or on which of them
// was faster.
#include "model/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "model/check_run.hpp"
#include "model/fault_check.hpp"
#include "model/fault_plan.hpp"
#include "model/race_pair.hpp"
#include "model/sampling_run.hpp"
#include "model/shrink.hpp"
#include "model/soak.hpp"
#include "model/workload_check.hpp"
#include "model/workload_parser.hpp"

namespace simcheck::model {
namespace {

std::string to_string(StrategyKind kind) {
  switch (kind) {
    case StrategyKind::kDpor:
      return "dpor";
    case StrategyKind::kDfs:
      return "dfs";
    case StrategyKind::kReplay:
      return "replay";
    case StrategyKind::kRandom:
      return "random";
    case StrategyKind::kPct:
      return "pct";
    case StrategyKind::kPos:
      return "pos";
    case StrategyKind::kSurw:
      return "surw";
    case StrategyKind::kStateful:
      return "stateful";
  }
  return "";
}

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

// A schedule is followed as it is, also one that was found without symmetry.
bool uses_symmetry(const CheckOptions& options) {
  return options.symmetry && options.strategy != StrategyKind::kReplay &&
         std::ranges::all_of(options.properties,
                             [](const auto& property) { return property->is_symmetric(); });
}

// The result of nothing yet: what is checked, and how.
Result begin_result(const CheckOptions& options) {
  Result result;
  result.program = options.program;
  result.driver = options.driver;
  result.workload_set = options.workload_set;
  result.depth = options.depth;
  result.strategy = to_string(options.strategy);
  if (options.strategy == StrategyKind::kDpor) {
    const bool observed = equivalence_of(options) == Equivalence::kObserved;
    result.reductions.push_back(observed ? "observed equivalence" : "trace equivalence");
  }
  if (options.strategy == StrategyKind::kStateful) {
    result.reductions = {"visited states", "private steps"};
  }
  result.threads = options.threads;
  result.super_interval = options.super_interval;
  if (uses_symmetry(options)) {
    result.reductions.push_back("symmetry");
  }
  if (options.power_cut && cut_moments(options.properties, *options.power_cut) != 0) {
    result.crashes.emplace();
    result.durability = to_string(options.power_cut->model.durability);
    result.recovery = options.power_cut->recovery_name;
    result.cuts = options.power_cut->cuts;
  }
  result.workloads_total = options.workloads.size();
  result.coverage.bounds = options.bounds;
  if (options.strategy == StrategyKind::kReplay) {
    result.coverage.bounds.push_back("one schedule");
  }
  if (options.faults.any() || !options.fault_plan.empty()) {
    result.faults = {.asked = to_text(options.faults),
                     .plan = to_text(options.fault_plan),
                     .log_sectors = options.faults.log_sectors};
  }
  for (const auto& property : options.properties) {
    result.properties.push_back(
        {.name = std::string(property->name()), .summary = std::string(property->summary())});
  }
  return result;
}

void add_plans(std::vector<std::uint64_t>& sum, const std::vector<std::uint64_t>& part) {
  if (sum.size() < part.size()) sum.resize(part.size());
  for (std::size_t faults = 0; faults < part.size(); ++faults) sum[faults] += part[faults];
}

// A counterexample as it is shown.
Counterexample told(const CheckOptions& options, const Workload& workload,
                    const Counterexample& found) {
  if (options.shrink_limit == 0) return found;
  Counterexample example = shrink(options, workload, found);
  const auto shrunk = parse_workload(example.workload);
  if (const auto* requests = std::get_if<Workload>(&shrunk))
    example.race = find_race_pair(options, *requests, example);
  return example;
}

// What the workload broke, whether or not another one broke it before.
std::vector<Broken> broken_by(const CheckOptions& options, const Result& result,
                              const std::string& workload, const std::vector<Found>& found_by_it) {
  std::vector<Broken> broken;
  for (const Found& found : found_by_it) {
    for (std::size_t i = 0; i < found.properties.size(); ++i) {
      const std::string& name = result.properties[found.properties[i]].name;
      if (std::ranges::find(broken, name, &Broken::property) != broken.end()) continue;
      Broken& one =
          broken.emplace_back(Broken{.property = name, .reason = found.example.findings[i].reason});
      one.known = options.is_known && options.is_known(workload, one);
    }
  }
  return broken;
}

// Adds what one workload gave, its counterexamples apart; workloads are added in order.
void add_outcome(const CheckOptions& options, Result& result, Exercised& exercised,
                 WorkloadOutcome& outcome) {
  result.counts += outcome.part.counts;
  if (result.crashes) *result.crashes += outcome.part.crashes;
  if (outcome.exhausted || outcome.part.violated) ++result.workloads_done;
  if (result.faults) add_plans(result.faults->plans, outcome.part.plans);
  result.replayed = std::move(outcome.replayed);
  outcome.part.broken = broken_by(options, result, outcome.part.workload, outcome.found);
  result.workloads.push_back(std::move(outcome.part));
  for (std::size_t p = 0; p < exercised.size(); ++p) {
    if (outcome.exercised[p]) exercised[p] = true;
  }
}

// Is it among what the workload broke, and known or not as asked?
bool is_broken(const WorkloadResult& workload, const std::string& property, bool known) {
  const auto broken = std::ranges::find(workload.broken, property, &Broken::property);
  return broken != workload.broken.end() && broken->known == known;
}

// Chooses counterexamples: of each property one, of a violation that is not known if there is one.
class ExampleChoice {
 public:
  ExampleChoice(const CheckOptions& options, Result& result)
      : options_(options), result_(result), is_told_(options.properties.size()) {}

  /// Workloads are added in order: all for what is not known, then all for what is.
  void add(std::size_t workload, const WorkloadResult& part, const std::vector<Found>& all,
           bool known) {
    for (const Found& found : all) {
      const auto is_wanted = [&](std::size_t p) {
        return !is_told_[p] && is_broken(part, result_.properties[p].name, known);
      };
      std::vector<std::size_t> wanted;
      std::ranges::copy_if(found.properties, std::back_inserter(wanted), is_wanted);
      if (!wanted.empty()) tell(workload, part, found, wanted);
    }
  }

 private:
  void tell(std::size_t workload, const WorkloadResult& part, const Found& found,
            const std::vector<std::size_t>& wanted) {
    Counterexample& example = result_.counterexamples.emplace_back(
        told(options_, options_.workloads[workload], found.example));
    example.found_in = part.workload;
    for (const std::size_t p : wanted) {
      is_told_[p] = true;
      PropertyResult& property = result_.properties[p];
      property.verdict = Verdict::kViolated;
      property.reason =
          std::ranges::find(example.findings, property.name, &Finding::property)->reason;
    }
  }

  const CheckOptions& options_;
  Result& result_;
  std::vector<bool> is_told_;  // of the properties
};

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
  return result;
}

}  // namespace

Equivalence equivalence_of(const CheckOptions& options) {
  const bool sees = see_overwritten(options.properties, options.power_cut);
  return sees ? Equivalence::kTrace : options.equivalence;
}

BlockScenario scenario_of(const CheckOptions& options, const Workload& workload) {
  return {.workload = workload,
          .make_device = options.make_device,
          .make_filter = options.make_filter,
          .log_sector_size = options.log_sector_size,
          .super_interval = options.super_interval,
          .in_flight_max = options.in_flight_max,
          .threads = options.threads,
          .symmetry = uses_symmetry(options),
          .power_cut = options.power_cut,
          .log_bytes = options.faults.log_sectors != 0
                           ? options.faults.log_sectors * options.log_sector_size
                           : sim::Disk::kDefaultBytes,
          .initial_log = options.initial_log,
          .faults = options.fault_plan,
          .fault_scope =
              options.faults.has_plans() ? std::optional(scope_of(options.faults)) : std::nullopt};
}

Schedule schedule_of(const std::string& text) {
  auto parsed = parse_schedule(text);
  if (const auto* error = std::get_if<ScheduleError>(&parsed)) throw Divergence(error->message);
  return std::get<Schedule>(std::move(parsed));
}

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
