#include "cli/log_command.hpp"

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "cli/output.hpp"
#include "cli/usage_error.hpp"
#include "logs/dump.hpp"
#include "logs/image.hpp"
#include "logs/report.hpp"
#include "logs/rules.hpp"

namespace simcheck::cli {
namespace {

constexpr int kExitSound = 0;
constexpr int kExitViolated = 1;

struct LogOptions {
  std::string image;
  bool json = false;
};

int verify(const LogOptions& options, const logs::ByteSource& source) {
  const logs::Result<logs::Verdict> result = logs::verify(source);
  if (const auto* error = std::get_if<logs::Error>(&result)) {
    throw UsageError(fmt::format("cannot judge '{}': {}", options.image, error->message));
  }
  const auto& verdict = std::get<logs::Verdict>(result);
  print(options.json ? logs::verdict_json(options.image, verdict)
                     : logs::verdict_text(options.image, verdict));
  return verdict.ok() ? kExitSound : kExitViolated;
}

// Entries come one by one and there may be millions.
class BufferedOutput {
 public:
  void operator()(std::string_view part) {
    text_ += part;
    if (text_.size() >= kFlushBytes) flush();
  }
  void flush() {
    print(text_);
    text_.clear();
  }

 private:
  static constexpr std::size_t kFlushBytes = 65536;
  std::string text_;
};

int dump(const LogOptions& options, const logs::ByteSource& source) {
  BufferedOutput output;
  const logs::Sink sink = [&](std::string_view part) { output(part); };
  const std::optional<logs::Error> error =
      options.json ? logs::dump_json(source, options.image, sink) : logs::dump_text(source, sink);
  output.flush();
  if (!error) return kExitSound;
  throw UsageError(fmt::format("cannot list '{}': {}", options.image, error->message));
}

using Tool = std::function<int(const LogOptions&, const logs::ByteSource&)>;

int run(const LogOptions& options, const Tool& tool) {
  const auto opened = logs::FileSource::open(options.image);
  if (const auto* error = std::get_if<logs::Error>(&opened)) throw UsageError(error->message);
  return tool(options, *std::get<std::unique_ptr<logs::FileSource>>(opened));
}

void add_tool(CLI::App& log, const std::string& name, const std::string& description,
              const std::string& json_description, int& exit_code, Tool tool) {
  CLI::App* command = log.add_subcommand(name, description);
  auto options = std::make_shared<LogOptions>();
  command->add_option("IMAGE", options->image, "log image: a file or block device, raw")
      ->required()
      ->type_name("");
  command->add_flag("--json", options->json, json_description)->disable_flag_override();
  command->callback(
      [options, tool = std::move(tool), &exit_code] { exit_code = run(*options, tool); });
}

}  // namespace

void add_log_command(CLI::App& app, int& exit_code) {
  CLI::App* log = app.add_subcommand("log", "Judge or list a log-writes image");
  log->require_subcommand(1);
  add_tool(*log, "verify", "Judge an image by the rules of the format; exit 0, 1 or 2",
           "the verdict as one JSON document", exit_code, verify);
  add_tool(*log, "dump", "List the entries of an image", "the entries as one JSON document",
           exit_code, dump);
}

}  // namespace simcheck::cli
