#include "cli/log_find.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <variant>

#include "cli/exit_status.hpp"
#include "cli/log_tool.hpp"
#include "cli/option_values.hpp"
#include "cli/output.hpp"
#include "cli/tool_options.hpp"
#include "logs/find.hpp"
#include "logs/missing_entry.hpp"

namespace simcheck::cli {
namespace {

using What = logs::Query::What;

constexpr int kExitFound = 0;
constexpr int kExitNotFound = 1;

struct FindOptions {
  std::string image;
  bool json = false;
  bool asked = false;
  logs::Query query;
};

std::string what_is_missing(const FindOptions& options, const logs::ByteSource& log,
                            const logs::Found& found) {
  const std::string stopped = found.stopped ? cannot_follow(*found.stopped) : "";
  if (!found.entries.empty()) return stopped.empty() ? "" : "there may be more: " + stopped;
  std::string text = "no such entry";
  if (options.query.nth > 1 && found.total > 0) text += fmt::format(", only {}", found.total);
  if (found.stopped)
    return text + fmt::format(" before entry {}, but ", found.stopped->index) + stopped;
  return text + logs::behind_in_words(log, std::get<0>(logs::read_sound_superblock(log)));
}

int find(const FindOptions& options) {
  if (!options.asked)
    throw UsageError("find needs one of --mark, --sector, --flush, --fua, --next");
  const auto source = open_image(options.image);
  const auto result = logs::find_entries(*source, options.query);
  if (const auto* error = std::get_if<logs::Error>(&result)) {
    throw UsageError(fmt::format("cannot search '{}': {}", options.image, error->message));
  }
  const auto& found = std::get<logs::Found>(result);
  print(options.json ? logs::found_json(*source, options.image, found)
                     : logs::found_text(*source, found));
  // On standard error, so that nothing but entries is on standard output.
  const std::string missing = what_is_missing(options, *source, found);
  if (!missing.empty()) fmt::print(stderr, "simcheck: {}: {}\n", in_quotes(options.image), missing);
  if (found.stopped) return static_cast<int>(ExitStatus::kIncomplete);
  return found.entries.empty() ? kExitNotFound : kExitFound;
}

// One question at a time.
void ask(FindOptions& options, const logs::Query& query) {
  if (options.asked) throw UsageError("a second question; ask one at a time");
  options.asked = true;
  const std::uint64_t from = options.query.from;
  options.query = query;
  options.query.from = from;
}

void add_questions(CLI::App& command, const std::shared_ptr<FindOptions>& options) {
  add_value(
      command, "--mark", "NAME", "the marks with this text",
      [options](const std::string& text) { ask(*options, {.what = What::kMark, .mark = text}); });
  add_value(command, "--sector", "N",
            "the entries that write or discard this sector of the\ndata device; the last decides",
            [options](const std::string& text) {
              ask(*options, {.what = What::kSector, .sector = read_number(text, 0, UINT64_MAX)});
            });
  const auto kth = [options](std::uint64_t flag) {
    return [options, flag](const std::string& text) {
      ask(*options, {.flag = flag, .nth = read_number(text, 1, UINT64_MAX)});
    };
  };
  add_value(command, "--flush", "K", "the K-th FLUSH, from 1 on", kth(logs::kFlagFlush));
  add_value(command, "--fua", "K", "the K-th entry with FUA, from 1 on", kth(logs::kFlagFua));
  add_value(command, "--next", "flush|fua", "the first FLUSH or FUA from --from on",
            [options](const std::string& text) {
              ask(*options, {.flag = read_choice<std::uint64_t>(
                                 text, {{"flush", logs::kFlagFlush}, {"fua", logs::kFlagFua}}),
                             .nth = 1});
            });
  add_value(command, "--from", "ENTRY", "search from this entry on (default: 0)",
            [options](const std::string& text) {
              options->query.from = read_number(text, 0, UINT64_MAX);
            });
}

}  // namespace

void add_log_find(CLI::App& log, int& exit_code) {
  CLI::App* command =
      log.add_subcommand("find", "Find entries by mark, sector or flag; exit 1 if none");
  auto options = std::make_shared<FindOptions>();
  add_argument(*command, "IMAGE", options->image, "log image: a file or block device, raw");
  add_questions(*command, options);
  add_switch(*command, "--json", options->json, "the entries as one JSON document");
  command->footer(
      "Exit status:\n"
      "  0  found\n"
      "  1  no such entry\n"
      "  2  bad options, or an image that cannot be searched\n"
      "  3  the log cannot be followed to its end, where more may be, found or not");
  command->callback([options, &exit_code] { exit_code = find(*options); });
}

}  // namespace simcheck::cli
