#include "cli/log_verify.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <variant>

#include "cli/log_tool.hpp"
#include "cli/output.hpp"
#include "cli/usage_error.hpp"
#include "logs/report.hpp"
#include "logs/rules.hpp"

namespace simcheck::cli {
namespace {

struct VerifyOptions {
  std::string image;
  bool json = false;
};

int verify(const VerifyOptions& options) {
  const logs::Result<logs::Verdict> result = logs::verify(*open_image(options.image));
  if (const auto* error = std::get_if<logs::Error>(&result)) {
    throw UsageError(fmt::format("cannot judge '{}': {}", options.image, error->message));
  }
  const auto& verdict = std::get<logs::Verdict>(result);
  print(options.json ? logs::verdict_json(options.image, verdict)
                     : logs::verdict_text(options.image, verdict));
  return verdict.ok() ? kExitSound : kExitUnsound;
}

}  // namespace

void add_log_verify(CLI::App& log, int& exit_code) {
  CLI::App* command =
      log.add_subcommand("verify", "Judge an image by the rules of the format; exit 0, 1 or 2");
  auto options = std::make_shared<VerifyOptions>();
  command->add_option("IMAGE", options->image, "log image: a file or block device, raw")
      ->required()
      ->type_name("");
  command->add_flag("--json", options->json, "the verdict as one JSON document")
      ->disable_flag_override();
  command->callback([options, &exit_code] { exit_code = verify(*options); });
}

}  // namespace simcheck::cli
