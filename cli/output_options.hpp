// In which formats the result comes out, and where.
#pragma once

#include <string>
#include <vector>

#include "cli/cli11_names.hpp"
#include "model/result.hpp"
#include "reports/formats.hpp"

namespace simcheck::cli {

struct OutputFile {
  std::string path;
  const reports::Format* format = nullptr;  ///< never null
};

struct OutputOptions {
  const reports::Format* format = nullptr;  ///< of standard output; always set once read
  std::vector<OutputFile> files;
  std::string baseline, write_baseline;  ///< paths; empty: not wanted
};

/// Defines --format, --output and the options of baselines.
void add_output_options(CLI::App& app, const std::string& group, OutputOptions& options);

/// Fills in the format, which is JSON with --json. Throws UsageError for contradictions.
void settle_output(OutputOptions& options, bool json);

/// Writes one of the files, as a whole or not at all. Throws UsageError.
void write_output(const OutputFile& file, const model::Result& result, bool verbose);

}  // namespace simcheck::cli
