#include "cli/log_replay.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/given_values.hpp"
#include "cli/log_keep.hpp"
#include "cli/log_replay_run.hpp"
#include "cli/log_scratch.hpp"
#include "cli/named_value.hpp"
#include "cli/option_values.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {
namespace {

constexpr const char* kReplayFooter =
    "Exit status:\n"
    "  0  replayed; the check, if any, passed at every point\n"
    "  1  the check failed\n"
    "  2  bad options, a log that does not verify, or a write that failed\n"
    "  3  interrupted, nothing to check, or a forced replay of a log that does not\n"
    "     verify\n"
    "\n"
    "Examples:\n"
    "  simcheck log replay log.img disk.img --to-flush 3\n"
    "  simcheck log replay log.img disk.img --check 'e2fsck -fn {}' --at flush";

// As typed; empty where an option was not given.
struct ReplayText {
  std::string from, to, to_flush, to_fua, limit, discard = "punch", check, at;
};

void read_optional(const char* option, const std::string& text, std::uint64_t min,
                   std::optional<std::uint64_t>& to) {
  if (text.empty()) return;
  to = value_of(option, text, [&](auto& given) { return read_number(given, min, UINT64_MAX); });
}

logs::DiscardMode read_discard(std::string_view text) {
  return read_choice<logs::DiscardMode>(text, {{"punch", logs::DiscardMode::kPunch},
                                               {"zero", logs::DiscardMode::kZero},
                                               {"ignore", logs::DiscardMode::kIgnore}});
}

void read_point(const std::string& word, ReplayJob& job) {
  const auto add = [&](const std::string& name) {
    job.at_text += (job.at_text.empty() ? "each " : " and each ") + name;
  };
  if (word.starts_with("every:")) {
    if (job.at.every != 0) throw UsageError("every:N can be given once only");
    job.at.every = read_number(word.substr(6), 1, UINT64_MAX);
    return add(job.at.every == 1 ? "entry" : fmt::format("{} entries", job.at.every));
  }
  struct Point {
    bool logs::StopsWanted::*member;
    const char* name;
  };
  const auto point = read_choice<Point>(word, {{"flush", {&logs::StopsWanted::flush, "FLUSH"}},
                                               {"fua", {&logs::StopsWanted::fua, "FUA"}},
                                               {"mark", {&logs::StopsWanted::mark, "MARK"}},
                                               {"every:N", {nullptr, ""}}});
  if (point.member == nullptr) throw UsageError("N stands for a number, such as every:100");
  if (std::exchange(job.at.*point.member, true)) return;  // given twice
  add(point.name);
}

void read_points(const std::string& text, ReplayJob& job) {
  with_option_named("--at", [&] {
    for (const std::string& word : list_of(text)) read_point(word, job);
  });
}

void read_check(const ReplayText& text, ReplayJob& job) {
  if (!text.check.empty()) {
    job.check.emplace(text.check);
    if (job.overwrite && job.keep.empty()) throw UsageError("--overwrite needs --keep");
    if (!job.keep.empty())
      require_keepable(job.keep, job.overwrite || job.force, {job.image, job.target});
    require_scratch(job.scratch.empty() ? scratch_folder_for(job.target) : job.scratch);
    return read_points(text.at.empty() ? "flush" : text.at, job);
  }
  for (const auto& [option, given] : {std::pair{"--at", !text.at.empty()},
                                      {"--bisect", job.bisect},
                                      {"--keep", !job.keep.empty()},
                                      {"--overwrite", job.overwrite},
                                      {"--scratch", !job.scratch.empty()}}) {
    if (given) throw UsageError(fmt::format("{} needs --check, which says what to run", option));
  }
}

void settle(const ReplayText& text, ReplayJob& job) {
  std::optional<std::uint64_t> from;
  read_optional("--from", text.from, 0, from);
  job.wish.from = from.value_or(0);
  read_optional("--to", text.to, 0, job.wish.to);
  read_optional("--to-flush", text.to_flush, 1, job.wish.to_flush);
  read_optional("--to-fua", text.to_fua, 1, job.wish.to_fua);
  read_optional("--limit", text.limit, 1, job.wish.limit);
  job.discard = value_of("--discard", text.discard, read_discard);
  read_check(text, job);
}

void add_range(CLI::App& command, ReplayText& text, std::optional<std::string>& mark) {
  const std::string group = "Which entries (all, or up to the first of the ends given)";
  const auto add = [&](const char* name, auto& value, const char* type, const char* what) {
    command.add_option(name, value, what)->group(group)->type_name(type);
  };
  add("--from", text.from, "ENTRY", "the first one, numbered from 0; TARGET holds\nthose before");
  add("--to", text.to, "ENTRY", "the last one");
  add("--to-mark", mark, "NAME", "up to the mark NAME");
  add("--to-flush", text.to_flush, "K", "up to the log's K-th FLUSH, from 1");
  add("--to-fua", text.to_fua, "K", "up to the log's K-th FUA");
  add("--limit", text.limit, "N", "N at most");
}

void add_check(CLI::App& command, ReplayText& text, ReplayJob& job) {
  const std::string group = "Checking on the way";
  const auto add = [&](const char* name, std::string& value, const char* type, const char* what) {
    command.add_option(name, value, what)->group(group)->type_name(type);
  };
  add("--check", text.check, "CMD",
      "run by sh, {} being a throw-away copy of TARGET;\n"
      "ends at the first point where it fails");
  add("--at", text.at, "POINTS",
      "after which entries: flush (the default), fua, mark,\n"
      "every:N, or several, with commas");
  command
      .add_flag("--bisect", job.bisect,
                "find the first failing point by halving; for checks\n"
                "that keep failing once they do")
      ->group(group)
      ->disable_flag_override();
  add("--keep", job.keep, "FILE", "leave the failing copy there");
  command.add_flag("--overwrite", job.overwrite, "replace the FILE of --keep")
      ->group(group)
      ->disable_flag_override();
  add("--scratch", job.scratch, "DIR", "where copies are made (beside TARGET)");
}

}  // namespace

void add_log_replay(CLI::App& log, int& exit_code) {
  CLI::App* command = log.add_subcommand("replay", "Replay entries onto a file or block device");
  auto text = std::make_shared<ReplayText>();
  auto job = std::make_shared<ReplayJob>();
  command->add_option("IMAGE", job->image, "log image: a file or block device, raw")
      ->required()
      ->type_name("");
  command
      ->add_option("TARGET", job->target, "what is written to; it holds the base and never\ngrows")
      ->required()
      ->type_name("");
  command
      ->add_option("--discard", text->discard,
                   "punch (hole or BLKDISCARD; the default), zero, or\nignore")
      ->type_name("HOW");
  command
      ->add_flag("--force", job->force,
                 "also a log that does not verify, as far as it can be\nread; leave out what "
                 "lies past TARGET's end; --overwrite")
      ->disable_flag_override();
  command->add_flag("--json", job->json, "what was done as one JSON document")
      ->disable_flag_override();
  command->add_flag("-q,--quiet", job->quiet, "no line of progress")->disable_flag_override();
  add_range(*command, *text, job->wish.to_mark);
  add_check(*command, *text, *job);
  command->footer(kReplayFooter);
  command->callback([command, text, job, &exit_code] {
    refuse_empty_values(*command, {"--to-mark"});
    settle(*text, *job);
    exit_code = run_replay(*job);
  });
}

}  // namespace simcheck::cli
