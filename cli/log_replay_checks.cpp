#include "cli/log_replay_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "cli/did_you_mean.hpp"
#include "cli/log_keep.hpp"
#include "cli/usage_error.hpp"
#include "logs/printable.hpp"
#include "reports/plain_text.hpp"

namespace simcheck::cli {
namespace {

using reports::grouped;

// Not the copy that the check was given, which it may have altered.
void keep_failing(const ReplayJob& job, ReplayProgress& progress, ChecksEnd& end) {
  end.keep_error = error_of_keeping([&] {
    progress.sync();
    if (job.keep.empty()) return;
    ScratchFile copy(folder_of_kept(job.keep), stem_of_kept(job.keep), kKeepAdvice);
    copy.copy_from(progress.target.fd(), progress.target.size(), job.target, progress.interrupted);
    copy.keep_as(job.keep, {job.target});
  });
  if (job.keep.empty()) return;
  const bool is_kept = end.keep_error.empty();
  if (is_kept) end.failure->kept = job.keep;
  end.text += fmt::format("{} as it was before the check\n",
                          is_kept ? "kept: " + job.keep + "," : "not kept: " + job.target + " is");
}

std::string points(std::size_t number) {
  return number == 1 ? "1 point" : grouped(number) + " points";
}

}  // namespace

std::string name_of(const logs::Stop& stop) {
  std::string what = stop.flags == 0 ? "no flags" : logs::flag_names(stop.flags);
  if (!stop.mark.empty()) what += ", " + in_quotes(logs::printable(stop.mark));
  return fmt::format("entry {} ({})", stop.entry, what);
}

ChecksEnd nothing_to_check(const ReplayJob& job, ReplayProgress& progress) {
  progress.replay_to(progress.range.end);
  progress.sync();
  return {ExitStatus::kIncomplete,
          fmt::format("not checked: the range has no point after {}\n", job.at_text)};
}

ChecksEnd check_failed(const ReplayJob& job, ReplayProgress& progress, const logs::Stop& stop,
                       const CheckOutcome& outcome, const std::string& before,
                       const logs::Stop* last_passing) {
  ChecksEnd end{ExitStatus::kViolated,
                fmt::format("check fails after {}: {}\n{}{}\n", name_of(stop), outcome.how,
                            quoted_output(outcome.output), before)};
  end.failure = CheckFailure{stop, outcome, ""};
  if (last_passing != nullptr) end.last_passing = *last_passing;
  keep_failing(job, progress, end);
  return end;
}

// A bisection checks what lies ahead of TARGET; going on finds that by itself.
std::string ReplayProgress::how_to_go_on() const {
  const std::uint64_t next = std::max(range.begin, replayer.next_entry());
  if (!unfinished || unfinished->entry >= next) return fmt::format("go on with --from {}", next);
  return fmt::format(
      "the check after entry {0} was not finished: --from {0} --to {0} --at every:1 repeats it, "
      "--from {1} goes on",
      unfinished->entry, next);
}

std::string ReplayProgress::passed_in_words() const {
  if (!last_passing) return "";
  return fmt::format("the check passed at {}, last after {}\n", points(checks_passed),
                     name_of(*last_passing));
}

std::string ReplayProgress::held(const char* perhaps) const {
  const std::uint64_t next = replayer.next_entry();
  const logs::ReplayCounts& counts = replayer.counts();
  const std::string target = in_quotes(job_.target);
  if (next > range.begin)
    return fmt::format("{} holds entries {} to {}{}: {}", target, range.begin, next - 1, perhaps,
                       how_to_go_on());
  if (counts.writes + counts.discards == 0) return "nothing was replayed onto " + target;
  return fmt::format("{} may hold some of it: go on with --from {}", target, range.begin);
}

void ReplayProgress::fail(const logs::Error& error) {
  replayer.sync();  // as far as it goes; the first error is the one to tell
  throw UsageError(fmt::format("{}; {}", error.message, held(", perhaps parts of later ones")));
}

template <typename Action>
auto ReplayProgress::telling_where(Action action) {
  try {
    return action();
  } catch (const UsageError& error) {
    replayer.sync();
    throw UsageError(fmt::format("{}\n{}", error.what(), held()));
  }
}

void ReplayProgress::show(const std::string& what) {
  line_.show(fmt::format("{}: {} of {} entries{}", job_.target, grouped(replayer.next_entry()),
                         grouped(range.end), what));
}

void ReplayProgress::replay_to(std::uint64_t end) {
  if (auto error = replayer.skip_to(std::min(end, range.begin))) fail(*error);
  const auto may_go_on = [this] {
    if (pace_.is_due()) {
      show(fmt::format(", {} bytes written", grouped(replayer.counts().written_bytes)));
    }
    return !interrupted.load(std::memory_order_relaxed);
  };
  if (auto error = replayer.run_to(end, may_go_on)) fail(*error);
  if (replayer.next_entry() < end) throw Interrupted();
}

void ReplayProgress::sync() {
  if (auto error = replayer.sync()) fail(*error);
}

ScratchFile ReplayProgress::copy_of_target(const logs::Stop& stop) {
  unfinished = stop;
  show(", copying");
  return telling_where([this] {
    const std::string folder =
        job_.scratch.empty() ? scratch_folder_for(job_.target) : job_.scratch;
    ScratchFile copy(folder, std::filesystem::path(job_.target).filename().string());
    copy.copy_from(target.fd(), target.size(), job_.target, interrupted);
    return copy;
  });
}

CheckOutcome ReplayProgress::check(const ScratchFile& copy, const logs::Stop& stop) {
  show(fmt::format(", checking after {}", stop.entry));
  CheckOutcome outcome =
      telling_where([&] { return job_.check->run(copy, std::to_string(stop.entry), interrupted); });
  ++checks_run;
  if (outcome.passed) {
    ++checks_passed;
    last_passing = stop;  // a bisection goes forward from one that passes, too
  }
  unfinished.reset();
  return outcome;
}

ChecksEnd check_each_stop(const ReplayJob& job, ReplayProgress& progress) {
  const auto& stops = progress.range.stops;
  if (stops.empty()) return nothing_to_check(job, progress);
  for (std::size_t i = 0; i < stops.size(); ++i) {
    progress.replay_to(stops[i].entry + 1);
    const CheckOutcome outcome = progress.check(progress.copy_of_target(stops[i]), stops[i]);
    if (outcome.passed) continue;
    return check_failed(job, progress, stops[i], outcome,
                        i == 0 ? "it is the first point that was checked"
                               : fmt::format("it passes at {} before, last after {}", points(i),
                                             name_of(stops[i - 1])),
                        i == 0 ? nullptr : &stops[i - 1]);
  }
  progress.replay_to(progress.range.end);
  progress.sync();
  return {ExitStatus::kComplete,
          fmt::format("check passes after {}: {}\n", job.at_text, points(stops.size())),
          stops.back()};
}

}  // namespace simcheck::cli
