#include "cli/log_replay_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "logs/entry_words.hpp"
#include "reports/or_null.hpp"

namespace simcheck::cli {
namespace {

using nlohmann::ordered_json;
using reports::or_null;

ordered_json point_json(const logs::Stop& stop) {
  ordered_json json = {{"entry", stop.entry}, {"flags", logs::flags_json(stop.flags)}};
  if (!stop.mark.empty()) json["mark"] = stop.mark;
  return json;
}

ordered_json failure_json(const ChecksEnd& end) {
  const CheckFailure& failure = *end.failure;
  ordered_json json = point_json(failure.stop);
  json["how"] = failure.outcome.how;
  json["output"] = failure.outcome.output;
  json["kept"] = or_null(failure.kept);
  json["keep_error"] = or_null(end.keep_error);
  return json;
}

ordered_json check_json(const ReplayJob& job, const ReplayProgress& progress,
                        const ChecksEnd& end) {
  if (!job.check) return {};
  return {{"command", job.check->text()},
          {"points", progress.range.stops.size()},
          {"tried", progress.checks_run},
          {"unfinished", progress.unfinished ? point_json(*progress.unfinished) : ordered_json()},
          {"last_passing", end.last_passing ? point_json(*end.last_passing) : ordered_json()},
          {"first_failing", end.failure ? failure_json(end) : ordered_json()}};
}

const char* name_of(const ReplayProgress& progress, const ChecksEnd& end) {
  if (end.failure) return "check failed";
  if (end.interrupted) return "interrupted";
  if (progress.range.unreadable_from) return "log unreadable";
  if (end.status == ExitStatus::kIncomplete) return "not checked";
  return progress.broken.empty() ? "replayed" : "log not verified";
}

}  // namespace

std::string replay_json(const ReplayJob& job, const ReplayProgress& progress,
                        const ChecksEnd& end) {
  const logs::ReplayRange& range = progress.range;
  const logs::ReplayCounts& counts = progress.replayer.counts();
  const ordered_json json = {
      {"format", "simcheck-log-replay"},
      {"version", 1},
      {"image", job.image},
      {"target", job.target},
      {"status", name_of(progress, end)},
      {"log_verified", progress.broken.empty()},
      {"broken_rules", progress.broken},
      {"entries", range.nr_entries},
      {"begin", range.begin},
      {"end", std::max(range.begin, progress.replayer.next_entry())},
      {"writes", counts.writes},
      {"written_bytes", counts.written_bytes},
      {"discards", counts.discards},
      {"discarded_bytes", counts.discarded_bytes},
      {"zeroed_discards", counts.zeroed_discards},
      {"flushes", counts.flushes},
      {"marks", counts.marks},
      {"clipped_bytes", counts.clipped_bytes},
      {"unreadable_from",
       range.unreadable_from ? ordered_json(*range.unreadable_from) : ordered_json()},
      {"check", check_json(job, progress, end)}};
  return logs::json_text(json, 2) + "\n";
}

}  // namespace simcheck::cli
