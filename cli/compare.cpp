#include "cli/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <string_view>
#include <utility>
#include <variant>

#include "cli/catalog.hpp"
#include "cli/check_options.hpp"
#include "cli/did_you_mean.hpp"
#include "cli/fault_values.hpp"
#include "cli/guard.hpp"
#include "cli/options.hpp"
#include "cli/usage_error.hpp"
#include "cli/workload_source.hpp"
#include "model/workload_parser.hpp"
#include "reports/plain_text.hpp"
#include "reports/replay_line.hpp"

namespace simcheck::cli {
namespace {

using properties::PropertyInfo;
using Texts = std::vector<std::string>;

// -- What a property is checked under ------------------------------------------------------------

// What it needs to be exercised at all, as on the command line.
struct Needs {
  std::string faults, workload;
  bool block_layer = false;
  std::uint32_t threads = 1;
};

bool is_of_cuts(const PropertyInfo& property) { return property.make()->observes().cut != 0; }

Needs needs_of(const PropertyInfo& property, const CompareOptions& options) {
  Needs needs{.faults = options.faults};
  const bool is_of_errors = property.make == properties::make_survives_io_error ||
                            property.make == properties::make_failed_not_logged;
  if (is_of_errors && needs.faults.empty()) needs.faults = "eio=1";
  if (is_of_cuts(property)) needs.faults += needs.faults.empty() ? "cut" : ",cut";
  if (property.make == properties::make_race_free) needs.threads = 2;
  needs.workload = options.check.workload;
  if (property.make == properties::make_fua_recorded) {  // the default workloads have no FUA
    needs.block_layer = true;
    if (needs.workload.empty()) needs.workload = "write fua";
  }
  return needs;
}

std::string to_text(const Needs& needs) {
  Texts words;
  if (needs.threads != 1) words.push_back(fmt::format("--threads {}", needs.threads));
  if (needs.block_layer) words.emplace_back("--block-layer");
  if (!needs.workload.empty())
    words.push_back("--workload " + reports::shell_quoted(needs.workload));
  if (!needs.faults.empty()) words.push_back("--faults " + needs.faults);
  return reports::joined(words, " ");
}

// -- What is compared ----------------------------------------------------------------------------

// Each property gets what it needs, so what is checked by default somewhere is checked here.
std::vector<const PropertyInfo*> properties_of(const CompareOptions& options) {
  const Options& check = options.check;
  const Circumstances all{.threads = 2, .faults = true, .power_cut = true};
  std::vector<const PropertyInfo*> chosen;
  for (const PropertyInfo& property : all_properties()) {
    const bool is_named = std::ranges::find(check.properties, &property) != check.properties.end();
    const bool is_usual = !check.properties_chosen && suits_drivers(property);
    const bool in_group = check.default_properties && is_default(property, all);
    if (is_named || is_usual || in_group || check.all_properties) chosen.push_back(&property);
  }
  return chosen;
}

std::string cuts_in_words(const Options& options) {
  const Options usual;
  Texts words;
  if (options.crash_model.durability != usual.crash_model.durability)
    words.push_back(fmt::format("--durability {}", to_string(options.crash_model.durability)));
  if (options.crash_model.sector_bytes != usual.crash_model.sector_bytes)
    words.push_back(fmt::format("--disk-sector {}", options.crash_model.sector_bytes));
  if (options.recovery != nullptr && options.recovery->name != default_recovery())
    words.push_back(fmt::format("--recovery {}", options.recovery->name));
  if (options.cuts != usual.cuts) words.push_back(fmt::format("--cuts {}", options.cuts));
  return reports::joined(words, " ");
}

void require_cuts(const Options& options, const std::vector<const PropertyInfo*>& properties) {
  const std::string cuts = cuts_in_words(options);
  if (cuts.empty() || std::ranges::any_of(properties, [](auto* info) { return is_of_cuts(*info); }))
    return;
  throw UsageError(fmt::format(
      "{}: none of the properties judges what a power cut leaves; add --property crash-parses, or "
      "one of your own that has judge_crash()",
      cuts));
}

std::string conditions_of(const PropertyInfo& property, const CompareOptions& options) {
  const std::string needs = to_text(needs_of(property, options));
  const std::string cuts = is_of_cuts(property) ? cuts_in_words(options.check) : "";
  return needs + (cuts.empty() ? "" : " " + cuts);
}

// -- One cell ------------------------------------------------------------------------------------

// "write, flush" if that is read as the same workload.
std::string shortest(const std::string& text) {
  const auto read = model::parse_workload(text);
  if (!std::holds_alternative<model::Workload>(read)) return text;
  const auto& workload = std::get<model::Workload>(read);
  Texts stages;
  for (const model::Stage& stage : workload.stages) {
    Texts requests;
    for (const model::Request& request : stage)
      requests.push_back(std::string(sim::to_string(request.kind)) + (request.fua ? " fua" : ""));
    stages.push_back(reports::joined(requests));
  }
  const std::string brief = reports::joined(stages, " ; ");
  const auto again = model::parse_workload(brief);
  const auto* same = std::get_if<model::Workload>(&again);
  return same != nullptr && *same == workload ? brief : text;
}

Options options_for(const CompareOptions& compare, const PropertyInfo& property) {
  const Needs needs = needs_of(property, compare);
  Options options;
  options.depth = compare.depth;
  options.workers = compare.workers;
  options.workload = needs.workload;
  options.threads = needs.threads;
  options.block_layer = needs.block_layer;
  if (!needs.faults.empty()) options.faults = read_faults(needs.faults);
  options.limits.seconds_max = compare.check.limits.seconds_max;
  if (options.faults.power_cut) {
    options.crash_model = compare.check.crash_model;
    options.recovery = compare.check.recovery;
    options.cuts = compare.check.cuts;
  }
  options.properties = {&property};
  options.properties_chosen = true;
  return options;
}

model::Result check_once(const Options& options, const std::atomic<bool>& interrupted) {
  WorkloadChoice choice = choose_workloads(options);
  const std::string repeat = replay_options(options, choice);
  model::CheckOptions check = check_options(options, std::move(choice));
  check.interrupt = &interrupted;
  const Guard guard(check, repeat);
  model::Result result = model::check(check);
  if (result.failure) std::rethrow_exception(result.failure);
  result.replay_options = repeat;
  // Of --max-time; what the workloads were cut to, such as windows, was to be.
  const bool is_cut_short = result.coverage.bounds.size() > check.bounds.size();
  if (is_cut_short && result.counterexamples.empty()) result.verdict = model::Verdict::kInterrupted;
  return result;
}

reports::ComparedCell cell_of(const CompareOptions& compare, const drivers::DriverInfo& driver,
                              const PropertyInfo& property, const std::string& program,
                              const std::atomic<bool>& interrupted) {
  reports::ComparedCell cell;
  for (const std::uint64_t interval : compare.super_intervals) {
    if (interrupted) return {.verdict = model::Verdict::kInterrupted};
    Options options = options_for(compare, property);
    options.program = program;
    options.driver = &driver;
    options.log_super_update_interval = interval;
    settle(options);
    model::Result result = check_once(options, interrupted);
    if (result.verdict == model::Verdict::kInterrupted) return {.verdict = result.verdict};
    if (result.verdict != model::Verdict::kNotExercised) cell.verdict = result.verdict;
    if (result.counterexamples.empty()) continue;
    const model::Counterexample& example = result.counterexamples.front();
    cell.workload = shortest(example.workload);
    cell.fault_plan = example.fault_plan;
    cell.super_interval = interval;
    cell.reason = example.findings.front().reason;
    cell.replay = reports::replay_line(result, example);
    cell.result = std::move(result);
    break;
  }
  return cell;
}

}  // namespace

std::vector<const drivers::DriverInfo*> drivers_of(const CompareOptions& options) {
  std::vector<const drivers::DriverInfo*> chosen;
  for (const std::string& name : options.drivers) {
    const drivers::DriverInfo* const driver = &require(all_drivers(), "driver", name);
    if (std::ranges::find(chosen, driver) != chosen.end())
      throw UsageError(fmt::format("{} is given twice", in_quotes(name)));
    chosen.push_back(driver);
  }
  if (chosen.empty())
    for (const drivers::DriverInfo& driver : own_drivers().empty() ? all_drivers() : own_drivers())
      chosen.push_back(&driver);
  return chosen;
}

reports::Comparison compare(const CompareOptions& options, const std::string& program,
                            const std::atomic<bool>& interrupted) {
  const auto drivers = drivers_of(options);
  const auto properties = properties_of(options);
  require_cuts(options.check, properties);
  reports::Comparison comparison{.program = program,
                                 .depth = options.depth,
                                 .super_intervals = options.super_intervals,
                                 .workload = options.check.workload};
  for (const auto* driver : drivers) comparison.drivers.emplace_back(driver->name);
  for (const PropertyInfo* property : properties) {
    reports::ComparedProperty row{.name = std::string(property->name),
                                  .options = conditions_of(*property, options)};
    for (const auto* driver : drivers)
      row.cells.push_back(cell_of(options, *driver, *property, program, interrupted));
    comparison.properties.push_back(std::move(row));
  }
  return comparison;
}

}  // namespace simcheck::cli
