#include "cli/log_stats.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <variant>

#include "cli/log_tool.hpp"
#include "cli/output.hpp"
#include "cli/tool_options.hpp"
#include "logs/stats.hpp"

namespace simcheck::cli {
namespace {

struct StatsOptions {
  std::string image;
  bool json = false;
};

int stats(const StatsOptions& options) {
  const auto result = logs::stats_of(*open_image(options.image));
  if (const auto* error = std::get_if<logs::Error>(&result)) {
    throw UsageError(fmt::format("cannot count '{}': {}", options.image, error->message));
  }
  const auto& figures = std::get<logs::Stats>(result);
  print(options.json ? logs::stats_json(options.image, figures)
                     : logs::stats_text(options.image, figures));
  return exit_status_of(options.image, figures.stopped);
}

}  // namespace

void add_log_stats(CLI::App& log, int& exit_code) {
  CLI::App* command =
      log.add_subcommand("stats", "Count requests by kind and length, flushes, ranges");
  auto options = std::make_shared<StatsOptions>();
  add_argument(*command, "IMAGE", options->image, "log image: a file or block device, raw");
  add_switch(*command, "--json", options->json, "the figures as one JSON document");
  command->callback([options, &exit_code] { exit_code = stats(*options); });
}

}  // namespace simcheck::cli
