#include "cli/log_verify.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <variant>

#include "cli/log_tool.hpp"
#include "cli/option_values.hpp"
#include "cli/output.hpp"
#include "cli/rule_selection.hpp"
#include "cli/tool_options.hpp"
#include "logs/report.hpp"
#include "logs/rules.hpp"

namespace simcheck::cli {
namespace {

struct VerifyCommand {
  std::string image;
  std::string data;
  std::string base;
  bool json = false;
  bool strict = false;
  bool quiet = false;
  logs::VerifyOptions options;
};

// Where the chosen rules do not say why the rest of the log was not looked at.
bool is_silent_on_the_rest(const logs::Verdict& verdict) {
  if (!verdict.walked) return verdict.findings.empty() && !verdict.compared;
  return verdict.entries < verdict.super->nr_entries && verdict.ok();
}

// Rules that ask for what there is not say nothing, and none that says something is no verdict.
void require_judged(const VerifyCommand& command, const logs::Verdict& verdict) {
  if (!verdict.rules.empty() && !is_silent_on_the_rest(verdict)) return;
  std::string why = command.data.empty() ? "they need --data, --base or --device-size"
                                         : "they need --base or --device-size";
  if (!verdict.walked) {
    why = "they need a sound superblock; without --rules this says what is wrong with it";
  } else if (verdict.data_refused || !verdict.rules.empty()) {
    why =
        "they need a log that can be followed to its end; without --rules this says where it ends";
  }
  throw UsageError(
      fmt::format("cannot judge '{}' by the rules of --rules alone: {}", command.image, why));
}

std::string report(const VerifyCommand& command, const logs::Verdict& verdict,
                   logs::Severity least) {
  if (command.json) return logs::verdict_json(command.image, verdict, least);
  return command.quiet ? logs::verdict_line(command.image, verdict, least)
                       : logs::verdict_text(command.image, verdict, least);
}

int verify(VerifyCommand command) {
  const auto image = open_image(command.image);
  std::unique_ptr<logs::FileSource> data, base;
  if (!command.data.empty()) data = open_image(command.data);
  if (!command.base.empty()) base = open_image(command.base);
  command.options.data = data.get();
  command.options.base = base.get();
  if (data && !command.options.device_bytes) command.options.device_bytes = data->size();
  const logs::Result<logs::Verdict> result = logs::verify(*image, command.options);
  if (const auto* error = std::get_if<logs::Error>(&result)) {
    throw UsageError(fmt::format("cannot judge '{}': {}", command.image, error->message));
  }
  const auto& verdict = std::get<logs::Verdict>(result);
  require_judged(command, verdict);
  const auto least = command.strict ? logs::Severity::kWarning : logs::Severity::kError;
  print(report(command, verdict, least));
  return verdict.ok(least) ? kExitSound : kExitUnsound;
}

void add_options(CLI::App& app, const std::shared_ptr<VerifyCommand>& command) {
  add_argument(app, "IMAGE", command->image, "log image: a file or block device, raw");
  add_value(app, "--rules", "LIST",
            "judge by these alone: identifiers, all, error, warning\nor note; '-ID' leaves one "
            "out (--rules=-hole). See\n'simcheck list rules'",
            [command](const std::string& text) { command->options.rules = read_rules(text); });
  add_value(app, "--producer", "qemu|kernel", "who wrote the log (default: a guess, which is said)",
            [command](const std::string& text) {
              command->options.producer = read_choice<logs::Producer>(
                  text, {{"qemu", logs::Producer::kQemu}, {"kernel", logs::Producer::kKernel}});
            });
  add_value(
      app, "--device-size", "SIZE", "size of the data device: warn of entries past its end",
      [command](const std::string& text) { command->options.device_bytes = read_memory(text); });
  add_value(app, "--data", "FILE",
            "the data device as it is now: compare it with what\nthe log wrote last everywhere",
            [command](const std::string& text) { command->data = text; });
  add_value(app, "--base", "FILE",
            "the data device as it was before the log: compare\nalso what the log did not write",
            [command](const std::string& text) { command->base = text; })
      ->needs("--data");
  add_switch(app, "--strict", command->strict, "exit with 1 on warnings too");
  add_switch(app, "--json", command->json, "the verdict as one JSON document");
  add_switch(app, "-q,--quiet", command->quiet, "the first line alone, which is the verdict");
}

}  // namespace

void add_log_verify(CLI::App& log, int& exit_code) {
  CLI::App* app =
      log.add_subcommand("verify", "Judge an image by the rules of the format; exit 0, 1 or 2");
  auto command = std::make_shared<VerifyCommand>();
  add_options(*app, command);
  app->callback([command, &exit_code] { exit_code = verify(*command); });
}

}  // namespace simcheck::cli
