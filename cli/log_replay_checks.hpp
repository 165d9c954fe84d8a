// A replay under way, and the checks that are run in the course of it.
#pragma once

#include <atomic>
#include <cstddef>
#include <optional>
#include <string>

#include "cli/exit_status.hpp"
#include "cli/log_replay_run.hpp"
#include "cli/log_scratch.hpp"
#include "cli/log_sound.hpp"
#include "cli/progress_pace.hpp"
#include "cli/terminal.hpp"
#include "logs/replay_file.hpp"

namespace simcheck::cli {

struct ReplayProgress {
  ReplayProgress(const ReplayJob& job, const SoundLog& log, const BrokenRules& broken,
                 const logs::ReplayRange& range, logs::FileTarget& target, logs::Replayer& replayer,
                 const std::atomic<bool>& interrupted)
      : log(log),
        broken(broken),
        range(range),
        target(target),
        replayer(replayer),
        interrupted(interrupted),
        job_(job),
        line_(!job.quiet) {}

  /// Up to before entry `end`. Throws UsageError that says how far TARGET got, or Interrupted.
  void replay_to(std::uint64_t end);
  void sync();

  /// For the check at `stop`. Throws UsageError, Interrupted.
  ScratchFile copy_of_target(const logs::Stop& stop);

  /// The options that go on where this ends.
  std::string how_to_go_on() const;
  /// One line on the checks that passed, if any did.
  std::string passed_in_words() const;

  /// Runs the check on a copy that is as TARGET after `stop`. Throws UsageError, Interrupted.
  CheckOutcome check(const ScratchFile& copy, const logs::Stop& stop);

  const SoundLog& log;
  const BrokenRules& broken;
  const logs::ReplayRange& range;
  logs::FileTarget& target;
  logs::Replayer& replayer;
  const std::atomic<bool>& interrupted;
  std::size_t checks_run = 0;  // those that have a result
  std::size_t checks_passed = 0;
  std::optional<logs::Stop> last_passing;
  std::optional<logs::Stop> unfinished;  // of a check that was begun and has none

 private:
  [[noreturn]] void fail(const logs::Error& error);
  /// What TARGET holds, and `perhaps`, for whoever has to go on from there.
  std::string held(const char* perhaps = "") const;
  /// `action()`, its UsageError followed by what TARGET holds.
  template <typename Action>
  auto telling_where(Action action);
  void show(const std::string& what);

  const ReplayJob& job_;
  ProgressLine line_;
  ProgressPace pace_;
};

struct CheckFailure {
  logs::Stop stop;
  CheckOutcome outcome;
  std::string kept;  // where; empty: nowhere
};

struct ChecksEnd {
  ExitStatus status = ExitStatus::kComplete;
  std::string text;  // what the checks found, for the user
  std::optional<logs::Stop> last_passing{};
  std::optional<CheckFailure> failure{};
  bool interrupted = false;
  std::string keep_error{};  // why the failing copy could not be kept
};

/// Replays the range, stopping for a check at each of its stops, up to the first that fails.
ChecksEnd check_each_stop(const ReplayJob& job, ReplayProgress& progress);

/// Finds the first stop at which the check fails by halving: it has to fail at all later ones too.
/// TARGET is replayed to there, or to the end of the range.
ChecksEnd bisect_checks(const ReplayJob& job, ReplayProgress& progress);

/// "entry 7 (FLUSH)", "entry 9 (MARK, 'fsync 3')"
std::string name_of(const logs::Stop& stop);

/// The ends that both have: the range is replayed though there are no stops; TARGET is at a stop
/// where the check fails, and `before` says what is known of those before it, the last of which
/// passed is `last_passing`.
ChecksEnd nothing_to_check(const ReplayJob& job, ReplayProgress& progress);
ChecksEnd check_failed(const ReplayJob& job, ReplayProgress& progress, const logs::Stop& stop,
                       const CheckOutcome& outcome, const std::string& before,
                       const logs::Stop* last_passing);

}  // namespace simcheck::cli
