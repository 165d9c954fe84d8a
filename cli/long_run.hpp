// What a long run has besides its result: a file to go on from, and what it cost.
#pragma once

#include <optional>
#include <string>

#include "cli/checkpoint_file.hpp"
#include "cli/options.hpp"
#include "model/check.hpp"
#include "model/run_statistics.hpp"

namespace simcheck::cli {

/// The file of --checkpoint or --resume, if there is one; `check` is told to go on from what it
/// holds. Throws UsageError.
std::optional<CheckpointFile> prepare_checkpoint(const Options& options,
                                                 model::CheckOptions& check);

/// Writes the document of --stats. Throws UsageError.
void write_stats(const std::string& path, const model::Result& result,
                 const model::RunStatistics& statistics);

/// Says, on standard error, how a run that time, memory or the user ended can be gone on with.
void tell_how_to_go_on(const Options& options, const model::Result& result);

/// What the run cost, on standard error where it was asked for or somebody is looking.
void tell_cost(const Options& options, const model::Result& result,
               const model::RunStatistics& statistics);

}  // namespace simcheck::cli
