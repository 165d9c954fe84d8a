#include "cli/log_salvage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/atomic_file.hpp"
#include "cli/log_tool.hpp"
#include "cli/option_values.hpp"
#include "cli/output.hpp"
#include "cli/tool_options.hpp"
#include "logs/salvage.hpp"

namespace simcheck::cli {
namespace {

constexpr std::size_t kChunkBytes = 1 << 20;

struct SalvageCommand {
  std::string image;
  std::string out;
  bool force = false;
  bool json = false;
  logs::SalvageOptions options;
};

void refuse_to_overwrite(const SalvageCommand& command) {
  std::error_code ignored;
  if (std::filesystem::equivalent(command.image, command.out, ignored)) {
    throw UsageError(fmt::format("{} is the image itself, which stays as it is; name another file",
                                 in_quotes(command.out)));
  }
  require_replaceable(command.out, command.force);
}

// An empty log verifies, and who reads it does not learn that there was another.
void require_something(const std::string& image, const logs::Salvaged& salvaged) {
  const auto loss = std::ranges::find(salvaged.changes, true, &logs::Change::is_loss);
  if (salvaged.super.nr_entries > 0 || loss == salvaged.changes.end()) return;
  throw UsageError(
      fmt::format("cannot salvage '{}': no entry can be saved: {}", image, loss->message));
}

// Holes stay holes.
std::optional<logs::Error> copy(const logs::ByteSource& log, AtomicFile& file) {
  std::vector<std::byte> chunk(kChunkBytes);
  for (std::uint64_t at = 0; at < log.size();) {
    const std::uint64_t data = log.next_data(at);
    file.write_zeroes(data - at);
    at = data;
    const auto part =
        std::span(chunk).first(std::min<std::uint64_t>(chunk.size(), log.size() - at));
    if (!log.read(at, part)) {
      return logs::Error{fmt::format("it cannot be read (byte {} of the new log)", at)};
    }
    file.write(part);
    at += part.size();
  }
  return std::nullopt;
}

int salvage(const SalvageCommand& command) {
  const auto complain = [&](const logs::Error& error) {
    throw UsageError(fmt::format("cannot salvage '{}': {}", command.image, error.message));
  };
  const auto source = open_image(command.image);
  refuse_to_overwrite(command);
  const auto result = logs::salvage(*source, command.options);
  if (const auto* error = std::get_if<logs::Error>(&result)) complain(*error);
  const auto& salvaged = std::get<logs::Salvaged>(result);
  require_something(command.image, salvaged);
  AtomicFile file(command.out);
  if (const auto error = copy(*salvaged.log, file)) complain(*error);
  file.commit();
  print(command.json ? logs::salvage_json(command.image, command.out, salvaged)
                     : logs::salvage_text(command.image, command.out, salvaged));
  return kExitSound;
}

void add_options(CLI::App& app, const std::shared_ptr<SalvageCommand>& command) {
  add_argument(app, "IMAGE", command->image, "log image, which stays as it is");
  add_argument(app, "OUT", command->out, "where to put the new log");
  add_value(app, "--sector-size", "SIZE",
            "of a log without superblock (default: found by where\nentries parse)",
            [command](const std::string& text) {
              command->options.sector_size = read_sector_size(text);
            });
  add_switch(app, "--counted", command->options.counted_only,
             "leave out entries behind the superblock's count");
  add_switch(app, "--force", command->force, "replace OUT if it exists");
  add_switch(app, "--json", command->json, "what was lost and repaired as one JSON document");
}

}  // namespace

void add_log_salvage(CLI::App& log, int& exit_code) {
  CLI::App* app =
      log.add_subcommand("salvage", "Make a valid log of what parses, and list what is lost");
  auto command = std::make_shared<SalvageCommand>();
  add_options(*app, command);
  app->callback([command, &exit_code] { exit_code = salvage(*command); });
}

}  // namespace simcheck::cli
