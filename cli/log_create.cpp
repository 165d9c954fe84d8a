#include "cli/log_create.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>

#include "cli/atomic_file.hpp"
#include "cli/created_log.hpp"
#include "cli/log_tool.hpp"
#include "cli/option_group.hpp"
#include "cli/option_values.hpp"
#include "cli/output.hpp"
#include "cli/subject_options.hpp"
#include "reports/plain_text.hpp"
#include "sim/ids.hpp"

namespace simcheck::cli {
namespace {

using Text = const std::string&;

constexpr const char* kCreateFooter =
    "Of requests one after the other the image has the bytes that QEMU writes, who\n"
    "pads requests and passes on only flushes that flush something (--straight: the\n"
    "driver gets all of them, as they are). Examples:\n"
    "  simcheck log create log.img --workload 'zeroes 0 4k ; write 8k 4k ; flush'\n"
    "  simcheck log create broken.img --driver buggy --depth 2 --workload '2*zeroes'\n"
    "  simcheck log create killed.img --killed --workload '100*write'";

void add_workload(OptionGroup& group, CreateOptions& options) {
  group.value("--workload", "TEXT|FILE",
              "the requests: a text such as 'zeroes, write ; flush',\nor a file, see "
              "docs/workloads.md (default:\n'write ; zeroes ; discard')",
              [&](Text text) { set_workload(options.subject, text); });
  group.value("--depth", "N",
              "requests in flight at once, 1 to 64, as far as the\nworkload allows (default: 1)",
              [&](Text text) {
                options.depth = static_cast<std::uint32_t>(read_number(text, 1, sim::kFibersMax));
              });
  group.value("--seed", "N",
              "of the latencies: another order, if there is more\nthan one (default: 1)",
              [&](Text text) { options.seed = read_number(text, 0, UINT64_MAX); });
}

void add_options(CLI::App& app, CreateOptions& options) {
  app.add_option("OUT", options.out, "the image to write")->required()->type_name("");
  OptionGroup group(app, "What writes what");
  add_driver(group, options.subject);
  add_workload(group, options);
  group.value("--sector-size,--log-sector-size", "BYTES", "of the log, 32 to 8m (default: 512)",
              [&](Text text) { options.subject.log_sector_size = read_sector_size(text); });
  add_super_interval(group, options.subject);
  add_detect_zeroes(group, options.subject);
  group.flag("--straight", "without QEMU's block layer above the driver", options.is_straight);
  OptionGroup end(app, "How it ends");
  end.value("--mark", "NAME", "with a mark behind the last entry, and counted",
            [&](Text text) { options.mark = text; });
  end.flag("--killed", "as if killed: without the flush of a clean close", options.is_killed);
  OptionGroup output(app, "What comes out");
  output.flag("--force", "replace OUT if it exists", options.force);
  output.flag("-q,--quiet", "the image alone, and no word", options.subject.quiet);
  app.footer(kCreateFooter);
}

std::string summary(const CreateOptions& options, const CreatedLog& log) {
  const std::uint64_t sectors = (log.bytes + log.run.log_sector_size - 1) / log.run.log_sector_size;
  std::string text =
      fmt::format("{}: {} {} by {}, {} of {} bytes{}\n", options.out, reports::grouped(log.entries),
                  log.entries == 1 ? "entry" : "entries", options.subject.driver->name,
                  reports::counted(sectors, "log sector"), log.run.log_sector_size,
                  log.bytes == 0 ? ": an empty file, since nothing was logged" : "");
  for (const model::PropertyResult& property : log.run.properties)
    if (property.verdict == model::Verdict::kViolated)
      text += fmt::format("breaks {}: {}\n", property.name, property.reason);
  return text;
}

int create(CreateOptions& options) {
  Options& subject = options.subject;
  if (subject.workload.empty()) subject.workload = "write ; zeroes ; discard";
  subject.block_layer = !options.is_straight;
  subject.how_to_pad = "leave out --straight, so that the block layer pads";
  settle(subject);
  require_replaceable(options.out, options.force);
  std::error_code error;
  if (std::filesystem::equivalent(options.out, subject.workload, error))
    throw UsageError(
        fmt::format("{} is the workload itself; name another file", in_quotes(options.out)));
  const CreatedLog log = create_log(options);
  if (!subject.quiet) print(summary(options, log));
  return kExitSound;
}

}  // namespace

void add_log_create(CLI::App& log, int& exit_code) {
  CLI::App* command = log.add_subcommand("create", "Write an image as a driver writes it");
  auto options = std::make_shared<CreateOptions>();
  add_options(*command, *options);
  command->callback([options, &exit_code] { exit_code = create(*options); });
}

}  // namespace simcheck::cli
