// The first failing stop by halving. TARGET holds the last state known to pass and never goes back;
// what lies ahead of it is tried on copies.
#include <fmt/format.h>

#include <variant>

#include "cli/did_you_mean.hpp"
#include "cli/log_replay_checks.hpp"
#include "cli/usage_error.hpp"

namespace simcheck::cli {
namespace {

void replay_ahead(const ReplayJob& job, ReplayProgress& progress, const ScratchFile& copy,
                  const logs::Stop& stop) {
  const auto fail = [&](const logs::Error& error) {
    throw UsageError(fmt::format("{}: {}; --scratch names another directory",
                                 in_quotes(copy.path()), error.message));
  };
  auto opened = logs::FileTarget::open(copy.path());
  if (const auto* error = std::get_if<logs::Error>(&opened)) fail(*error);
  logs::Replayer ahead(*progress.log.source, progress.log.super, *std::get<0>(opened),
                       {.discard = job.discard, .clip = job.force});
  if (auto error = ahead.skip_to(progress.replayer.next_entry())) fail(*error);
  const auto may_go_on = [&] { return !progress.interrupted; };
  if (auto error = ahead.run_to(stop.entry + 1, may_go_on)) fail(*error);
  if (ahead.next_entry() <= stop.entry) throw Interrupted();
}

CheckOutcome check_ahead(const ReplayJob& job, ReplayProgress& progress, const logs::Stop& stop) {
  const ScratchFile copy = progress.copy_of_target(stop);
  replay_ahead(job, progress, copy, stop);
  return progress.check(copy, stop);
}

ChecksEnd passes_at_the_end(ReplayProgress& progress, const logs::Stop& last) {
  progress.replay_to(progress.range.end);
  progress.sync();
  return {ExitStatus::kComplete,
          fmt::format("check passes after {}, the last of {} point{}; the "
                      "others were not tried\n",
                      name_of(last), progress.range.stops.size(),
                      progress.range.stops.size() == 1 ? "" : "s"),
          last};
}

}  // namespace

ChecksEnd bisect_checks(const ReplayJob& job, ReplayProgress& progress) {
  const auto& stops = progress.range.stops;
  if (stops.empty()) return nothing_to_check(job, progress);
  CheckOutcome failure = check_ahead(job, progress, stops.back());
  if (failure.passed) return passes_at_the_end(progress, stops.back());
  // Before `good` it passes as far as is known, at `bad` it fails.
  std::size_t good = 0, bad = stops.size() - 1, runs = 1;
  for (; good < bad; ++runs) {
    const std::size_t middle = good + (bad - good) / 2;
    CheckOutcome outcome = check_ahead(job, progress, stops[middle]);
    if (outcome.passed) {
      good = middle + 1;
      progress.replay_to(stops[middle].entry + 1);
    } else {
      bad = middle;
      failure = std::move(outcome);
    }
  }
  progress.replay_to(stops[bad].entry + 1);
  const std::string before =
      bad == 0 ? "it is the first point that could be checked"
               : fmt::format("it passes after {}, the point before", name_of(stops[bad - 1]));
  return check_failed(job, progress, stops[bad], failure,
                      fmt::format("{}; {} of {} {} tried", before, runs, stops.size(),
                                  stops.size() == 1 ? "point was" : "points were"),
                      bad == 0 ? nullptr : &stops[bad - 1]);
}

}  // namespace simcheck::cli
