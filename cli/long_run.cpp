#include "cli/long_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/did_you_mean.hpp"
#include "cli/output_file.hpp"
#include "cli/settings.hpp"
#include "cli/terminal.hpp"
#include "cli/usage_error.hpp"
#include "reports/replay_line.hpp"
#include "reports/stats.hpp"

namespace simcheck::cli {

std::optional<CheckpointFile> prepare_checkpoint(const Options& options,
                                                 model::CheckOptions& check) {
  if (options.checkpoint.empty()) return std::nullopt;
  const Settings settings = settings_of(options, check);
  if (!options.resume.empty())
    check.checkpoint.resume_from = read_checkpoint(options.resume, settings);
  if (options.checkpoint_interval) check.checkpoint.interval_seconds = *options.checkpoint_interval;
  std::error_code error;
  const bool exists = std::filesystem::file_size(options.checkpoint, error) > 0 && !error;
  if (exists && !is_checkpoint(options.checkpoint))
    throw UsageError(
        fmt::format("--checkpoint: {} is there, and is no checkpoint of simcheck; "
                    "remove it, or give another name",
                    in_quotes(options.checkpoint)));
  CheckpointFile file(options.checkpoint, settings);
  if (exists && options.resume.empty() && !options.quiet)
    note(fmt::format("--checkpoint: {} is written anew; --resume {} would go on from it",
                     in_quotes(options.checkpoint), reports::shell_quoted(options.checkpoint)));
  return file;
}

void write_stats(const std::string& path, const model::Result& result,
                 const model::RunStatistics& statistics) {
  write_text_file("--stats", path, reports::stats_json(result, statistics).dump(2) + "\n");
}

void tell_how_to_go_on(const Options& options, const model::Result& result) {
  const auto may_go_on = [](const std::string& bound) {
    return bound.starts_with("max-time") || bound.starts_with("max-memory");
  };
  const model::Coverage& coverage = result.coverage;
  const bool was_ended = coverage.interrupted || std::ranges::any_of(coverage.bounds, may_go_on);
  if (options.quiet || options.checkpoint.empty() || !was_ended) return;
  note(fmt::format("the same command with --resume {} goes on from here",
                   reports::shell_quoted(options.checkpoint)));
}

void tell_cost(const Options& options, const model::Result& result,
               const model::RunStatistics& statistics) {
  const bool is_asked = options.verbose || options.limits.memory_max != 0;
  if (options.quiet || !(is_asked || is_watched())) return;
  note(reports::cost_line(result, statistics));
}

}  // namespace simcheck::cli
