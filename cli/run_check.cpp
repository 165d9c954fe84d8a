#include "cli/run_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "cli/attempts.hpp"
#include "cli/baseline.hpp"
#include "cli/check_events.hpp"
#include "cli/check_options.hpp"
#include "cli/checkpoint_file.hpp"
#include "cli/guard.hpp"
#include "cli/idle_options.hpp"
#include "cli/interrupt.hpp"
#include "cli/long_run.hpp"
#include "cli/output.hpp"
#include "cli/output_file.hpp"
#include "cli/output_paths.hpp"
#include "cli/saved_disk.hpp"
#include "cli/terminal.hpp"
#include "cli/trace_command.hpp"
#include "cli/workload_source.hpp"
#include "model/check.hpp"
#include "model/divergence.hpp"
#include "model/failure_text.hpp"
#include "model/run_statistics.hpp"
#include "reports/html.hpp"
#include "reports/plain_text.hpp"
#include "reports/verdict.hpp"

namespace simcheck::cli {
namespace {

std::string report(const model::Result& result, const Options& options) {
  std::ostringstream out;
  options.output.format->write(out, result,
                               {.width = output_width(),
                                .quiet = options.quiet,
                                .verbose = options.verbose,
                                .colour = is_output_coloured(options.color)});
  return std::move(out).str();
}

// Marks what is known, before or from now on. Lines for the user; empty without a baseline.
std::vector<std::string> judge_by_baseline(const OutputOptions& options, const Baseline& known,
                                           model::Result& result) {
  std::vector<std::string> lines;
  if (!options.baseline.empty()) lines = in_words(compare_with(known, result), options.baseline);
  if (!options.write_baseline.empty()) compare_with(baseline_of(result), result);
  return lines;
}

// Behind the text; beside what programs read.
void tell(const std::vector<std::string>& lines, const Options& options) {
  const bool is_text = options.output.format->name == "text" && options.events != kStandardOutput;
  if (is_text && !lines.empty() && !options.quiet) print("\n");
  for (const std::string& line : lines) {
    if (is_text) {
      print(line + "\n");
    } else if (!options.quiet) {
      note(line);
    }
  }
}

std::function<void(const model::Progress&)> progress_teller(ProgressLine& line,
                                                            std::optional<CheckEvents>& events) {
  const auto show = line.callback();
  if (!events) return show;
  return [show, &events](const model::Progress& progress) {
    if (show) show(progress);
    events->progress(progress);
  };
}

// What does not go on as it was saved need not be nondeterminism.
model::Result checked(const model::CheckOptions& check) {
  try {
    return model::check(check);
  } catch (const model::Divergence& divergence) {
    if (check.checkpoint.resume_from.empty()) throw;
    throw model::Divergence(
        fmt::format("{} Or was the checkpoint saved by another build of the driver? Then leave out "
                    "--resume.",
                    divergence.what()));
  }
}

// Of what it tells while it runs, nothing is needed in `check` later.
model::Result explore(model::CheckOptions check, const std::string& repeat, bool show_progress,
                      std::optional<CheckpointFile>& file, std::optional<CheckEvents>& events) {
  ProgressLine progress(show_progress);
  check.on_progress = progress_teller(progress, events);
  check.interrupt = &catch_interrupts();
  const Guard guard(check, repeat);
  if (file) check.checkpoint.save = [&](const std::string& state, bool) { file->save(state); };
  if (!events) return checked(check);
  check.on_workload_done = [&](const model::WorkloadDone& done) { events->workload_done(done); };
  try {
    return checked(check);
  } catch (...) {
    events->failed(model::failure_text(std::current_exception()));
    throw;
  }
}

void write_new_baseline(const Options& options, const model::Result& result) {
  const std::string& path = options.output.write_baseline;
  if (result.failure)  // what lies behind the error would be missing
    return note(fmt::format("--write-baseline: '{}' is left as it was, for the error below", path));
  const Baseline found = baseline_of(result);
  write_text_file("--write-baseline", path, to_text(found));
  tell({fmt::format("{} written, of {}", path, reports::counted(found.size(), "known violation"))},
       options);
}

void write_files(Attempts& attempt, const Options& options, const model::CheckOptions& check,
                 const model::Result& result, const model::RunStatistics& statistics) {
  if (!options.output.write_baseline.empty()) attempt([&] { write_new_baseline(options, result); });
  for (const OutputFile& file : options.output.files)
    attempt([&] { write_output(file, result, options.verbose); });
  if (!options.html.empty())
    attempt([&] { write_text_file("--html", options.html, reports::html(result)); });
  if (!options.stats.empty()) attempt([&] { write_stats(options.stats, result, statistics); });
  if (!options.trace.empty()) attempt([&] { write_trace(options, result); });
  const SavedDisk saved[] = {{"--save-log", options.save_log, sim::DeviceRole::kLog},
                             {"--save-data", options.save_data, sim::DeviceRole::kData}};
  for (const SavedDisk& disk : saved)
    if (!disk.path.empty()) attempt([&] { save_disk(check, result, disk); });
}

// What was asked for beside the check belongs to its result.
void complete(model::Result& result, const Options& options, std::string settings,
              std::string repeat) {
  result.violation_expected = options.expectation == Expectation::kViolated;
  result.has_baseline = !options.output.baseline.empty();
  result.settings = std::move(settings);
  result.replay_options = std::move(repeat);
  result.initial_log = in_words(options.initial_log);
}

// What is said beside the report, on the terminal.
void tell_remarks(const Options& options, const model::Result& result,
                  const model::RunStatistics& statistics) {
  if (!options.quiet) note_idle_result(options, result);
  if (result.violation_expected && result.verdict != model::Verdict::kViolated)
    note(reports::expectation(result));
  if (options.expectation == Expectation::kExercised && result.verdict != model::Verdict::kViolated)
    note_unexercised(result);
  tell_cost(options, result, statistics);
}

}  // namespace

ExitStatus run_check(const Options& options) {
  WorkloadChoice choice = choose_workloads(options);
  std::string settings = setting_options(options, choice);
  std::string repeat = replay_options(options, choice);
  model::CheckOptions check = check_options(options, std::move(choice));
  require_writable_outputs(options);
  const Baseline known =
      options.output.baseline.empty() ? Baseline{} : read_baseline(options.output.baseline);
  check.is_known = [&](const std::string& workload, const model::Broken& broken) {
    return is_known(known, check.driver, workload, broken);
  };
  auto checkpoint = prepare_checkpoint(options, check);
  if (!options.quiet) note_idle_options(options, check);
  model::RunStatistics statistics;
  check.statistics = &statistics;
  std::optional<CheckEvents> events;
  if (!options.events.empty()) events.emplace(options, check, repeat);

  model::Result result = explore(check, repeat, !options.quiet, checkpoint, events);
  complete(result, options, std::move(settings), std::move(repeat));
  const auto baseline_lines = judge_by_baseline(options.output, known, result);
  if (events) events->end(result, statistics);
  if (options.events != kStandardOutput) print(report(result, options));
  tell(baseline_lines, options);
  tell_remarks(options, result, statistics);

  Attempts attempt;
  write_files(attempt, options, check, result, statistics);
  if (checkpoint && !result.failure) {
    attempt([&] {
      checkpoint->require_saved();
      tell_how_to_go_on(options, result);
    });
  }
  if (events) attempt([&] { events->require_written(); });
  if (result.failure) {
    attempt.tell_last();
    std::rethrow_exception(result.failure);
  }
  attempt.require_all();
  return exit_status(result, options.expectation);
}

}  // namespace simcheck::cli
