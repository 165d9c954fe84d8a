#include "cli/log_replay_run.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>
#include <variant>
#include <vector>

#include "cli/did_you_mean.hpp"
#include "cli/exit_status.hpp"
#include "cli/interrupt.hpp"
#include "cli/log_replay_checks.hpp"
#include "cli/log_replay_json.hpp"
#include "cli/log_scratch.hpp"
#include "cli/log_sound.hpp"
#include "cli/log_tool.hpp"
#include "cli/output.hpp"
#include "cli/usage_error.hpp"
#include "cli/wrong_file.hpp"
#include "reports/plain_text.hpp"
#include "reports/replay_line.hpp"

namespace simcheck::cli {
namespace {

using reports::grouped;

std::string counted(std::uint64_t number, const char* singular, const char* plural) {
  return fmt::format("{} {}", grouped(number), number == 1 ? singular : plural);
}

// Where a missing target comes from is not known here, but how long it has to be is.
void require_target(const ReplayJob& job, const logs::ReplayRange& range) {
  struct stat target {};
  if (stat(job.target.c_str(), &target) != 0 && errno == ENOENT) {
    throw UsageError(
        fmt::format("{} does not exist; copy the base image to it, or start from zeroes: truncate "
                    "-s {} {}",
                    in_quotes(job.target), range.reach_bytes, reports::shell_quoted(job.target)));
  }
  struct stat image {};
  if (stat(job.image.c_str(), &image) != 0) return;
  const bool same_file = image.st_dev == target.st_dev && image.st_ino == target.st_ino;
  const bool same_device =
      S_ISBLK(image.st_mode) && S_ISBLK(target.st_mode) && image.st_rdev == target.st_rdev;
  if (same_file || same_device)
    throw UsageError(fmt::format("{} is the log itself", in_quotes(job.target)));
}

void require_room(const ReplayJob& job, const logs::ReplayRange& range,
                  const logs::FileTarget& target) {
  if (job.force || range.reach_bytes <= target.size()) return;
  throw UsageError(fmt::format(
      "entry {} reaches to byte {}, {} ends at {}: nothing was replayed; {}--force leaves out what "
      "lies past the end",
      range.reach_entry, range.reach_bytes, in_quotes(job.target), target.size(),
      target.is_device() ? ""
                         : fmt::format("truncate -s {} {} makes it longer, ", range.reach_bytes,
                                       reports::shell_quoted(job.target))));
}

std::string discards_in_words(const logs::ReplayCounts& counts, logs::DiscardMode mode) {
  std::string text = counted(counts.discards, "discard", "discards");
  if (counts.discards == 0) return text;
  if (mode == logs::DiscardMode::kIgnore) return text + " ignored";
  text += fmt::format(" of {} bytes", grouped(counts.discarded_bytes));
  if (mode == logs::DiscardMode::kZero) return text + ", zeroed";
  if (counts.zeroed_discards == 0) return text;
  return text + fmt::format(", {} zeroed since the target does not discard",
                            grouped(counts.zeroed_discards));
}

std::string summary(const ReplayJob& job, const ReplayProgress& progress) {
  const logs::ReplayRange& range = progress.range;
  const std::uint64_t next = progress.replayer.next_entry();
  const logs::ReplayCounts& counts = progress.replayer.counts();
  if (next <= range.begin)
    return fmt::format("{}: nothing replayed, of {}\n", job.target,
                       counted(range.nr_entries, "entry", "entries"));
  std::string text = fmt::format(
      "{}: replayed {}, of {}\n  {} of {} bytes, {}, {}, {}\n", job.target,
      next - range.begin == 1 ? fmt::format("entry {}", range.begin)
                              : fmt::format("entries {} to {}", range.begin, next - 1),
      grouped(range.nr_entries), counted(counts.writes, "write", "writes"),
      grouped(counts.written_bytes), discards_in_words(counts, job.discard),
      counted(counts.flushes, "flush", "flushes"), counted(counts.marks, "mark", "marks"));
  if (counts.clipped_bytes != 0)
    text += fmt::format("  {} past its end {} left out\n",
                        counted(counts.clipped_bytes, "byte", "bytes"),
                        counts.clipped_bytes == 1 ? "was" : "were");
  return text;
}

int end_of(const ReplayJob& job, const ReplayProgress& progress, const ChecksEnd& end) {
  ExitStatus status = end.status;
  std::string text = summary(job, progress) + end.text;
  if (progress.range.unreadable_from && status == ExitStatus::kComplete) {
    text += fmt::format("the log cannot be followed to entry {}; simcheck log verify says why\n",
                        *progress.range.unreadable_from);
    status = ExitStatus::kIncomplete;
  }
  text += not_verified_in_words(progress.broken);
  if (!progress.broken.empty() && status == ExitStatus::kComplete) status = ExitStatus::kIncomplete;
  print(job.json ? replay_json(job, progress, end) : text);
  if (!end.keep_error.empty()) throw UsageError(end.keep_error);
  return static_cast<int>(status);
}

int replay(const ReplayJob& job, ReplayProgress& progress) {
  progress.replay_to(progress.range.begin);
  if (!job.check) {
    progress.replay_to(progress.range.end);
    progress.sync();
    return end_of(job, progress, {});
  }
  return end_of(job, progress,
                job.bisect ? bisect_checks(job, progress) : check_each_stop(job, progress));
}

}  // namespace

int run_replay(const ReplayJob& job) {
  const std::atomic<bool>& interrupted = catch_interrupts();
  const SoundLog log = open_log(job.image);
  logs::RangeSearch search(log.super, job.wish, job.at);
  const BrokenRules broken = require_sound(log, job.image, job.force, &search);
  const auto range = value_or_throw(job.image, search.result(*log.source));
  require_target(job, range);
  auto opened = logs::FileTarget::open(job.target);
  if (const auto* error = std::get_if<logs::Error>(&opened)) throw UsageError(error->message);
  auto& target = *std::get<0>(opened);
  require_room(job, range, target);
  logs::Replayer replayer(*log.source, log.super, target,
                          {.discard = job.discard, .clip = job.force});
  ReplayProgress progress(job, log, broken, range, target, replayer, interrupted);
  try {
    return replay(job, progress);
  } catch (const Interrupted&) {
    progress.sync();
    ChecksEnd end{
        ExitStatus::kIncomplete,
        fmt::format("interrupted; {}\n{}", progress.how_to_go_on(), progress.passed_in_words())};
    end.last_passing = progress.last_passing;
    end.interrupted = true;
    return end_of(job, progress, end);
  }
}

}  // namespace simcheck::cli
