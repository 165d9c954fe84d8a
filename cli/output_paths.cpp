#include "cli/output_paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/event_file.hpp"
#include "cli/output_file.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {
namespace {

namespace fs = std::filesystem;

std::vector<NamedPath> outputs_of(const Options& options) {
  const bool events_are_file = options.events != kStandardOutput;
  std::vector<NamedPath> outputs = {{"--checkpoint", options.checkpoint, false},
                                    {"--events", events_are_file ? options.events : "", false},
                                    {"--html", options.html},
                                    {"--save-data", options.save_data},
                                    {"--save-log", options.save_log},
                                    {"--stats", options.stats},
                                    {"--trace", options.trace},
                                    {"--write-baseline", options.output.write_baseline}};
  for (const OutputFile& file : options.output.files) outputs.push_back({"--output", file.path});
  std::erase_if(outputs, [](const NamedPath& output) { return output.path.empty(); });
  return outputs;
}

// Symbolic links and detours resolved, as far as there is something.
std::string resolved(const std::string& path) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? path : whole.string();
}

// No output may take the place of what is read. A workload that is a text is no file.
void require_apart(const std::vector<NamedPath>& outputs, std::span<const NamedPath> inputs) {
  std::error_code error;
  for (const NamedPath& input : inputs) {
    if (input.path.empty() || !fs::is_regular_file(input.path, error)) continue;
    for (const NamedPath& output : outputs)
      if (fs::equivalent(input.path, output.path, error))
        throw UsageError(fmt::format("{} would overwrite the file of {}; give it another name",
                                     output.option, input.option));
  }
}

}  // namespace

void require_writable_outputs(const Options& options, std::span<const NamedPath> also_read) {
  const std::vector<NamedPath> outputs = outputs_of(options);
  for (auto output = outputs.begin(); output != outputs.end(); ++output) {
    const std::string path = resolved(output->path);
    const auto same = std::find_if(outputs.begin(), output, [&](const NamedPath& other) {
      return resolved(other.path) == path;
    });
    if (same != output)
      throw UsageError(fmt::format("{} and {} write to one file; give them two names", same->option,
                                   output->option));
  }
  std::vector<NamedPath> inputs = {{"--workload", options.workload},
                                   {"--baseline", options.output.baseline}};
  inputs.insert(inputs.end(), also_read.begin(), also_read.end());
  require_apart(outputs, inputs);
  for (const NamedPath& output : outputs)
    if (output.is_tried_here) require_writable(output.option, output.path);
}

}  // namespace simcheck::cli
