#include "cli/simulate_command.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "cli/check_options.hpp"
#include "cli/exit_status.hpp"
#include "cli/guard.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/output_file.hpp"
#include "cli/output_paths.hpp"
#include "cli/progress_pace.hpp"
#include "cli/simulate_options.hpp"
#include "cli/simulated_range.hpp"
#include "cli/terminal.hpp"
#include "cli/workload_source.hpp"
#include "model/memory.hpp"
#include "model/simulation.hpp"
#include "model/stopwatch.hpp"
#include "reports/figures.hpp"
#include "reports/simulation.hpp"
#include "reports/simulation_json.hpp"
#include "reports/simulation_stats.hpp"

namespace simcheck::cli {
namespace {

// Blocks have to be whole log sectors, unless a block layer pads them.
void fit_mix(SimulateCommand& command, std::uint32_t sector) {
  model::RequestMix& mix = command.mix;
  if (!command.mix_given) mix.block_bytes = std::max<std::uint64_t>(mix.block_bytes, sector);
  if (mix.block_bytes % sector != 0 && !command.subject.block_layer)
    throw UsageError(
        fmt::format("--block-size: {} bytes are no whole log sectors of {} bytes; "
                    "--block-layer pads them",
                    mix.block_bytes, sector));
  if (mix.block_bytes > mix.range_bytes)
    throw UsageError("--range: is smaller than a block (--block-size)");
}

WorkloadChoice subject_of(SimulateCommand& command) {
  if (!command.subject.workload.empty()) return whole_workload(command.subject);
  WorkloadChoice choice;
  choice.log_sector_size = command.subject.log_sector_size.value_or(logs::kSectorSizeDefault);
  fit_mix(command, choice.log_sector_size);
  choice.workloads.emplace_back();
  return choice;
}

model::SimulateOptions simulate_options(const SimulateCommand& command,
                                        const model::CheckOptions& check) {
  const model::Workload& workload = check.workloads.front();
  const bool is_random = command.subject.workload.empty();
  model::SimulateOptions options{.scenario = scenario_of(check, {}),
                                 .faults = command.subject.faults,
                                 .depth = command.depth,
                                 .segment = *command.segment,
                                 .seed = command.seed,
                                 .latency = command.latency,
                                 .properties = check.properties,
                                 .keep_going = check.keep_going};
  options.requests = command.requests.value_or(is_random ? kRequestsDefault : workload.size());
  options.source = is_random ? model::random_requests(command.mix, command.seed, options.requests)
                             : model::requests_of(workload, options.requests);
  return options;
}

std::string report(const model::SimulatedRun& run, const Options& options) {
  std::ostringstream out;
  if (options.json) {
    reports::write_json(out, run);
  } else {
    reports::write_text(out, run, output_width(), options.quiet);
  }
  return std::move(out).str();
}

void tell_speed(const reports::SimulationCost& cost, bool quiet) {
  if (quiet || !is_watched()) return;
  note(fmt::format("{} requests, peak memory {}", reports::rate(cost.requests, cost.seconds),
                   reports::memory(cost.memory_peak)));
}

// What surrounds the driver, and what goes wrong, as a check takes it.
std::string explore_options(const Options& subject, const WorkloadChoice& choice) {
  Options surroundings = subject;
  surroundings.faults = {};
  std::string text = replay_options(surroundings, choice);
  const std::string faults = to_text(subject.faults);
  if (!faults.empty()) text += fmt::format("{}--faults {}", text.empty() ? "" : " ", faults);
  return text;
}

model::SimulatedRun run_with_progress(model::SimulateOptions& options, bool quiet) {
  ProgressLine line(!quiet);
  ProgressPace pace;
  const model::Stopwatch stopwatch;
  if (!quiet && is_watched()) {
    options.on_progress = [&](const model::SimulationProgress& progress) {
      if (pace.is_due()) line.show(reports::progress_line(progress, stopwatch.seconds()));
    };
  }
  model::SimulatedRun run = model::simulate(options);
  options.on_progress = nullptr;  // it refers to `line`
  return run;
}

// A run without a violation is all that was asked for, and complete in that sense, unless nothing
// in it could have been one.
ExitStatus exit_status(const model::SimulatedRun& run, Expectation expectation) {
  const bool expected = expectation == Expectation::kViolated;
  if (run.verdict == model::Verdict::kViolated)
    return expected ? ExitStatus::kComplete : ExitStatus::kViolated;
  if (run.interrupted || run.verdict == model::Verdict::kNotExercised)
    return ExitStatus::kIncomplete;
  return expected ? ExitStatus::kViolated : ExitStatus::kComplete;
}

// Does it look at more than what the requests in flight together did: at how often the superblock
// was written before, say?
bool looks_further(const properties::PropertyInfo& info) {
  return !info.by_default && info.make()->observes().cut == 0;
}

bool narrows(const model::SimulatedRun& run, const Options& subject) {
  return std::ranges::none_of(run.properties, [&](const model::PropertyResult& property) {
    const auto info = std::ranges::find(subject.properties, property.name,
                                        [](const auto* chosen) { return chosen->name; });
    return property.verdict == model::Verdict::kViolated && info != subject.properties.end() &&
           looks_further(**info);
  });
}

ExitStatus run_simulation(SimulateCommand& command) {
  settle(command);
  WorkloadChoice choice = subject_of(command);
  const std::string repeat = explore_options(command.subject, choice);
  const Options& subject = command.subject;
  require_writable_outputs(subject, command.histograms);
  model::CheckOptions check = check_options(command.subject, std::move(choice));
  const Guard guard(check, repeat);
  fit_range(command, check);
  model::SimulateOptions options = simulate_options(command, check);
  options.interrupt = &catch_interrupts();
  const model::Stopwatch stopwatch;
  model::SimulatedRun run = run_with_progress(options, subject.quiet);
  const reports::SimulationCost cost{.requests = run.requests(),
                                     .seconds = stopwatch.seconds(),
                                     .memory_peak = model::peak_memory()};
  run.program = check.program;
  run.driver = check.driver;
  run.guest = subject.workload.empty() ? in_words(command.mix) : check.workload_set;
  run.options = repeat;
  run.narrows = narrows(run, subject);
  run.faults = to_text(subject.faults);
  print(report(run, subject));
  if (!subject.quiet) note_failures(run);
  tell_speed(cost, subject.quiet);
  if (!subject.stats.empty())
    write_text_file("--stats", subject.stats,
                    reports::simulation_stats_json(run, cost).dump(2) + "\n");
  if (subject.expectation == Expectation::kViolated && run.verdict != model::Verdict::kViolated)
    note("a violation was expected, and none was found");
  return exit_status(run, subject.expectation);
}

}  // namespace

void add_simulate_command(CLI::App& app, const std::string& program, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("simulate", "One long run in virtual time, with latencies from a seed");
  auto options = std::make_shared<SimulateCommand>();
  options->subject.program = program;
  add_simulate_options(*command, *options);
  command->callback(
      [options, &exit_code] { exit_code = static_cast<int>(run_simulation(*options)); });
}

}  // namespace simcheck::cli
