#include "cli/compare_command.hpp"

#include <fmt/format.h>

#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cli/catalog.hpp"
#include "cli/check_options.hpp"
#include "cli/fault_values.hpp"
#include "cli/option_values.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/workload_source.hpp"
#include "model/workload_parser.hpp"
#include "reports/comparison.hpp"
#include "reports/plain_text.hpp"
#include "reports/replay_line.hpp"

namespace simcheck::cli {
namespace {

using properties::PropertyInfo;
using Texts = std::vector<std::string>;

struct CompareOptions {
  Texts drivers;  // empty: all
  std::uint32_t depth = 2;
  std::string faults;  // empty: those that each property needs
  // The default of the driver first: what breaks then is the plainest.
  std::vector<std::uint64_t> super_intervals = {4096, 1, 2, 3};
  unsigned workers = 0;
  bool json = false;
};

// -- What a property is checked under ------------------------------------------------------------

// What it needs to be exercised at all, as on the command line.
struct Needs {
  std::string faults, workload;
  bool block_layer = false;
  std::uint32_t threads = 1;
};

Needs needs_of(const PropertyInfo& property, const CompareOptions& options) {
  Needs needs{.faults = options.faults};
  const bool is_of_errors = property.make == properties::make_survives_io_error ||
                            property.make == properties::make_failed_not_logged;
  if (is_of_errors && needs.faults.empty()) needs.faults = "eio=1";
  if (property.make()->observes().cut != 0) needs.faults += needs.faults.empty() ? "cut" : ",cut";
  if (property.make == properties::make_race_free) needs.threads = 2;
  if (property.make == properties::make_fua_recorded) {  // the default workloads have no FUA
    needs.block_layer = true;
    needs.workload = "write fua";
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
  options.properties = {&property};
  options.properties_chosen = true;
  return options;
}

model::Result check_once(const Options& options) {
  WorkloadChoice choice = choose_workloads(options);
  const std::string repeat = replay_options(options, choice.log_sector_size);
  model::Result result = model::check(check_options(options, std::move(choice)));
  result.replay_options = repeat;
  return result;
}

reports::ComparedCell cell_of(const CompareOptions& compare, const drivers::DriverInfo& driver,
                              const PropertyInfo& property, const std::string& program) {
  reports::ComparedCell cell;
  for (const std::uint64_t interval : compare.super_intervals) {
    Options options = options_for(compare, property);
    options.program = program;
    options.driver = &driver;
    options.log_super_update_interval = interval;
    settle(options);
    const model::Result result = check_once(options);
    if (result.verdict != model::Verdict::kNotExercised) cell.verdict = result.verdict;
    if (result.counterexamples.empty()) continue;
    const model::Counterexample& example = result.counterexamples.front();
    cell.workload = shortest(example.workload);
    cell.fault_plan = example.fault_plan;
    cell.super_interval = interval;
    cell.reason = example.findings.front().reason;
    cell.replay = reports::replay_line(result, example);
    break;
  }
  return cell;
}

// -- The command ---------------------------------------------------------------------------------

std::vector<const drivers::DriverInfo*> drivers_of(const CompareOptions& options) {
  std::vector<const drivers::DriverInfo*> chosen;
  for (const std::string& name : options.drivers)
    chosen.push_back(&require(all_drivers(), "driver", name));
  if (chosen.empty())
    for (const drivers::DriverInfo& driver : all_drivers()) chosen.push_back(&driver);
  return chosen;
}

reports::Comparison compare(const CompareOptions& options, const std::string& program) {
  const auto drivers = drivers_of(options);
  reports::Comparison comparison{
      .program = program, .depth = options.depth, .super_intervals = options.super_intervals};
  for (const auto* driver : drivers) comparison.drivers.emplace_back(driver->name);
  for (const PropertyInfo& property : all_properties()) {
    reports::ComparedProperty row{.name = std::string(property.name),
                                  .options = to_text(needs_of(property, options))};
    for (const auto* driver : drivers)
      row.cells.push_back(cell_of(options, *driver, property, program));
    comparison.properties.push_back(std::move(row));
  }
  return comparison;
}

Texts parts_of(const std::string& list) {
  Texts parts;
  std::istringstream in(list);
  for (std::string part; std::getline(in, part, ',');) parts.push_back(part);
  if (parts.empty()) throw UsageError("is empty");
  return parts;
}

template <typename Read>
void add_value(CLI::App& command, const std::string& flag, const std::string& type,
               const std::string& help, Read read) {
  const auto naming = [flag, read](const std::string& text) {
    try {
      read(text);
    } catch (const UsageError& error) {
      throw UsageError(fmt::format("{}: {}", flag, error.what()));
    }
  };
  command.add_option_function<std::string>(flag, naming, help)->option_text(type);
}

void add_values(CLI::App& command, const std::shared_ptr<CompareOptions>& options) {
  add_value(command, "--drivers", "A,B,...", "these alone (default: all)",
            [options](const std::string& text) {
              options->drivers = parts_of(text);
              drivers_of(*options);
            });
  add_value(command, "--depth", "N", "requests in flight at once, 1 to 16 (default: 2)",
            [options](const std::string& text) {
              options->depth = static_cast<std::uint32_t>(read_number(text, 1, kDepthMax));
            });
  add_value(command, "--faults", "LIST",
            "for every property, instead of eio=1 for those about\nerrors; cuts are tried for "
            "those about cuts alone",
            [options](const std::string& text) {
              model::FaultOptions faults = read_faults(text);
              faults.power_cut = false;
              options->faults = to_text(faults);
            });
  add_value(command, "--super-interval", "N,...",
            "entries between superblock updates, one after the\nother (default: 4096,1,2,3)",
            [options](const std::string& text) {
              options->super_intervals.clear();
              for (const std::string& part : parts_of(text))
                options->super_intervals.push_back(read_number(part, 1, UINT64_MAX));
            });
  add_value(command, "--workers", "N",
            "threads that explore; the result is the same\n(default: one per processor)",
            [options](const std::string& text) {
              options->workers = static_cast<unsigned>(read_number(text, 1, 64));
            });
  command.add_flag("--json", options->json, "the table as one JSON document")
      ->disable_flag_override();
}

}  // namespace

void add_compare_command(CLI::App& app, const std::string& program) {
  CLI::App* command = app.add_subcommand("compare", "Which driver keeps which promise: a table");
  auto options = std::make_shared<CompareOptions>();
  add_values(*command, options);
  command->callback([options, program] {
    const reports::Comparison comparison = compare(*options, program);
    std::ostringstream out;
    if (options->json) {
      reports::write_json(out, comparison);
    } else {
      reports::write_text(out, comparison);
    }
    print(std::move(out).str());
  });
}

}  // namespace simcheck::cli
