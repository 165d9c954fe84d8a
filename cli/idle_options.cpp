#include "cli/idle_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/catalog.hpp"
#include "cli/terminal.hpp"
#include "reports/plain_text.hpp"
#include "reports/verdict.hpp"

namespace simcheck::cli {
namespace {

bool writes_zeroes(const model::CheckOptions& check) {
  const auto is_zero_write = [](const model::Request& request) {
    return request.kind == sim::IoKind::kWrite && request.pattern == std::uint8_t{0};
  };
  for (const model::Workload& workload : check.workloads)
    for (const model::Stage& stage : workload.stages)
      if (std::ranges::any_of(stage, is_zero_write)) return true;
  return false;
}

std::size_t largest_stage(const model::CheckOptions& check) {
  std::size_t largest = 0;
  for (const model::Workload& workload : check.workloads)
    for (const model::Stage& stage : workload.stages) largest = std::max(largest, stage.size());
  return largest;
}

// It runs once, as it is written down.
void note_idle_in_replay(const Options& options) {
  for (const auto& [option, is_given] : {std::pair{"--keep-going", options.keep_going},
                                         {"--max-executions", options.limits.executions_max != 0}})
    if (is_given) note(fmt::format("{} changes nothing, since --replay runs one schedule", option));
}

// Properties and the initial log go by them all the same.
void note_what_driver_misses(const Options& options) {
  if (options.driver->takes_options) return;
  for (const auto& [option, is_given] :
       {std::pair{"--super-interval",
                  options.log_super_update_interval != Options{}.log_super_update_interval},
        {"--log-sector-size", options.log_sector_size.has_value()},
        {"--initial-log", options.initial_log != InitialLogKind::kEmpty}})
    if (is_given)
      note(fmt::format(
          "{} does not reach the driver {}, whose constructor takes no LogWritesOptions", option,
          options.driver->name));
}

// Of the plans, the first are those of no fault.
bool hit_something(const model::Result& result) {
  if (!result.faults || result.faults->plans.empty()) return false;
  const std::span plans(result.faults->plans);
  return std::ranges::any_of(plans.subspan(1), std::identity());
}

bool was_exercised(const model::Result& result, std::string_view name) {
  const auto found = std::ranges::find(result.properties, name, &model::PropertyResult::name);
  return found == result.properties.end() || found->verdict != model::Verdict::kNotExercised;
}

// Such a property has two parts, and this result is of one.
void note_cuts_left_out(const Options& options, const model::Result& result) {
  if (circumstances_of(options).power_cut) return;
  for (const properties::PropertyInfo* property : options.properties) {
    if (!was_exercised(result, property->name) || property->make()->observes().cut == 0) continue;
    note(
        fmt::format("{} was judged at the end of executions only: no power was cut; see --faults "
                    "cut",
                    property->name));
  }
}

}  // namespace

void note_idle_options(const Options& options, const model::CheckOptions& check) {
  if (options.detect_zeroes != drivers::DetectZeroesMode::kOff && !writes_zeroes(check))
    note(
        "--detect-zeroes changes nothing, since no request writes zeroes; "
        "try --workload 'write -P 0, write'");
  if (options.preemptions && check.threads == 1)
    note(
        "--preemptions changes nothing, since with one thread nothing preempts; "
        "--strategy dfs --delays N bounds it");
  if (options.in_flight && *options.in_flight >= largest_stage(check))
    note(fmt::format("--in-flight changes nothing, since no stage has more than {}",
                     reports::counted(largest_stage(check), "request")));
  if (options.strategy == model::StrategyKind::kReplay) note_idle_in_replay(options);
  note_what_driver_misses(options);
}

void note_idle_result(const Options& options, const model::Result& result) {
  const bool met = hit_something(result), is_sure = reports::is_complete(result);
  if (!options.fault_plan.empty() && !met)
    note(fmt::format("--fault-plan: no execution met all of {}{}", result.faults->plan,
                     is_sure ? "; the workload has no such request, or that has fewer disk "
                               "requests that this can hit"
                             : ""));
  if (!options.faults.budgets.empty() && !met && is_sure)
    note(fmt::format("--faults: {} hit nothing: no disk request is of that kind",
                     result.faults->asked));
  note_cuts_left_out(options, result);
  if (options.all_properties || options.default_properties) return;
  for (const properties::PropertyInfo* property : options.properties) {
    const char* const needed = needed_by(*property, circumstances_of(options));
    if (needed == nullptr || was_exercised(result, property->name)) continue;
    note(fmt::format("{} was not exercised: nothing can break it without {}", property->name,
                     needed));
  }
}

void note_unexercised(const model::Result& result) {
  std::vector<std::string> names;
  for (const model::PropertyResult& property : result.properties)
    if (property.verdict == model::Verdict::kNotExercised) names.push_back(property.name);
  if (!names.empty())
    note(fmt::format("--expect exercised: nothing explored could have broken {}",
                     fmt::join(names, ", ")));
}

}  // namespace simcheck::cli
