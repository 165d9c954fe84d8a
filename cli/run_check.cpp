#include "cli/run_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <sstream>
#include <utility>

#include "cli/atomic_file.hpp"
#include "cli/check_options.hpp"
#include "cli/checkpoint_file.hpp"
#include "cli/did_you_mean.hpp"
#include "cli/interrupt.hpp"
#include "cli/output.hpp"
#include "cli/saved_log.hpp"
#include "cli/settings.hpp"
#include "cli/terminal.hpp"
#include "cli/usage_error.hpp"
#include "cli/workload_source.hpp"
#include "model/check.hpp"
#include "model/run_statistics.hpp"
#include "reports/json.hpp"
#include "reports/stats.hpp"
#include "reports/text.hpp"

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

void note_idle_options(const Options& options, const model::CheckOptions& check) {
  if (options.quiet) return;
  if (options.detect_zeroes != drivers::DetectZeroesMode::kOff && !writes_zeroes(check))
    std::fputs(
        "simcheck: note: --detect-zeroes changes nothing, since no request writes zeroes; "
        "try --workload 'write -P 0, write'\n",
        stderr);
  if (options.preemptions && check.threads == 1)
    std::fputs(
        "simcheck: note: --preemptions changes nothing, since with one thread nothing preempts; "
        "--strategy dfs --delays N bounds it\n",
        stderr);
}

std::string report(const model::Result& result, const Options& options) {
  std::ostringstream out;
  if (options.json) {
    reports::write_json(out, result);
  } else {
    reports::write_text(
        out, result, {.width = output_width(), .quiet = options.quiet, .verbose = options.verbose});
  }
  return std::move(out).str();
}

// Goes on where a file says, if it is wanted; saves to one, if it is wanted.
std::optional<CheckpointFile> prepare_checkpoint(const Options& options,
                                                 model::CheckOptions& check) {
  if (options.checkpoint.empty()) return std::nullopt;
  const Settings settings = settings_of(options, check);
  if (!options.resume.empty())
    check.checkpoint.resume_from = read_checkpoint(options.resume, settings);
  if (options.checkpoint_interval)
    check.checkpoint.interval_seconds = *options.checkpoint_interval;
  std::error_code error;
  const bool exists = std::filesystem::file_size(options.checkpoint, error) > 0 && !error;
  CheckpointFile file(options.checkpoint, settings);
  if (exists && options.resume.empty() && !options.quiet)
    note(fmt::format("--checkpoint: {} is written anew; --resume {} would go on from it",
                     in_quotes(options.checkpoint), options.checkpoint));
  return file;
}

model::Result explore(model::CheckOptions& check, bool show_progress,
                      std::optional<CheckpointFile>& file) {
  ProgressLine progress(show_progress);
  check.on_progress = progress.callback();
  check.interrupt = &catch_interrupts();
  if (file) check.checkpoint.save = [&](const std::string& state, bool) { file->save(state); };
  model::Result result = model::check(check);
  check.on_progress = nullptr;  // it refers to `progress`
  check.checkpoint.save = nullptr;
  return result;
}

void write_stats(const std::string& path, const std::string& text) {
  try {
    AtomicFile file(path);
    file.write(std::as_bytes(std::span(text)));
    file.commit();
  } catch (const UsageError& error) {
    throw UsageError(fmt::format("--stats: {}", error.what()));
  }
}

// On standard error: it tells of the machine.
void tell_cost(const Options& options, const model::Result& result,
               const model::RunStatistics& statistics) {
  const bool is_asked = options.verbose || options.limits.memory_max != 0;
  if (options.quiet || !(is_asked || shows_progress())) return;
  note(reports::cost_line(result, statistics));
}

}  // namespace

ExitStatus run_check(const Options& options) {
  WorkloadChoice choice = choose_workloads(options);
  const std::string repeat = replay_options(options, choice.log_sector_size);
  model::CheckOptions check = check_options(options, std::move(choice));
  if (!options.save_log.empty()) require_writable("--save-log", options.save_log);
  if (!options.stats.empty()) require_writable("--stats", options.stats);
  auto checkpoint = prepare_checkpoint(options, check);
  note_idle_options(options, check);
  model::RunStatistics statistics;
  check.statistics = &statistics;

  model::Result result = explore(check, !options.quiet, checkpoint);
  result.replay_options = repeat;
  print(report(result, options));
  tell_cost(options, result, statistics);
  if (!options.stats.empty())
    write_stats(options.stats, reports::stats_json(result, statistics).dump(2) + "\n");
  if (!options.save_log.empty()) save_log(check, result, options.save_log);
  if (checkpoint) checkpoint->require_saved();
  return exit_status(result, options.expectation);
}

}  // namespace simcheck::cli
