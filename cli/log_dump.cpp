#include "cli/log_dump.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "cli/log_filter.hpp"
#include "cli/log_tool.hpp"
#include "cli/tool_options.hpp"
#include "logs/dump.hpp"

namespace simcheck::cli {
namespace {

struct DumpOptions {
  std::string image;
  bool json = false;
  std::shared_ptr<logs::EntryFilter> filter = std::make_shared<logs::EntryFilter>();
};

int dump(const DumpOptions& options) {
  const auto source = open_image(options.image);
  BufferedOutput output;
  const logs::Sink sink = [&](std::string_view part) { output(part); };
  const auto result = options.json ? logs::dump_json(*source, options.image, sink, *options.filter)
                                   : logs::dump_text(*source, sink, *options.filter);
  output.flush();
  if (const auto* error = std::get_if<logs::Error>(&result))
    throw UsageError(fmt::format("cannot list '{}': {}", options.image, error->message));
  return exit_status_of(options.image, std::get<std::optional<logs::Entry>>(result));
}

}  // namespace

void add_log_dump(CLI::App& log, int& exit_code) {
  CLI::App* command = log.add_subcommand("dump", "List the entries of an image");
  auto options = std::make_shared<DumpOptions>();
  add_argument(*command, "IMAGE", options->image, "log image: a file or block device, raw");
  add_filter_options(*command, options->filter);
  add_switch(*command, "--json", options->json, "the entries as one JSON document");
  command->callback([options, &exit_code] { exit_code = dump(*options); });
}

}  // namespace simcheck::cli
