#include "cli/log_crash_json.hpp"

#include <nlohmann/json.hpp>

#include "logs/entry_words.hpp"
#include "reports/or_null.hpp"

namespace simcheck::cli {
namespace {

using nlohmann::ordered_json;
using reports::or_null;

ordered_json pending_json(const logs::CrashPoint& point, const logs::CrashSectors& sectors) {
  const PendingCounts counts = count_pending(point, sectors);
  return {{"writes", counts.writes},
          {"bytes", counts.written_bytes},
          {"discards", counts.discards},
          {"discarded_bytes", counts.discarded_bytes},
          {"disk_sectors", counts.disk_sectors}};
}

ordered_json survivor_json(const CrashJob& job, const logs::CrashPoint& point,
                           const logs::CrashSectors& sectors, const logs::Survivor& survivor) {
  const logs::DeviceWrite& write = point.pending[survivor.write];
  const bool whole = is_whole(sectors, survivor);
  ordered_json json = {{"entry", write.entry}, {"whole", whole}};
  if (!whole)
    json["sectors"] = sectors_there(sectors, survivor, write.offset / job.model.disk_sector);
  return json;
}

ordered_json failure_json(const CrashJob& job, const logs::CrashPoint& point,
                          const logs::CrashSectors& sectors, const ChecksDone& done) {
  const CrashFailure& failure = *done.failure;
  ordered_json there = ordered_json::array();
  for (const logs::Survivor& survivor : failure.image.survivors)
    there.push_back(survivor_json(job, point, sectors, survivor));
  return {{"image", failure.number},
          {"how", failure.outcome.how},
          {"output", failure.outcome.output},
          {"reached_the_disk", there},
          {"lost", entries_lost(point, sectors, failure.image)},
          {"kept", or_null(failure.kept)},
          {"keep_error", or_null(done.keep_error)}};
}

ordered_json check_json(const CrashJob& job, const logs::CrashPoint& point,
                        const logs::CrashSectors& sectors, const ChecksDone& done) {
  return {
      {"command", job.check->text()},
      {"checked", done.checked},
      {"failed", done.failed},
      {"complete", done.complete},
      {"interrupted", done.interrupted},
      {"samples", or_null(job.samples)},
      {"seed", job.samples ? ordered_json(job.seed) : ordered_json()},
      {"first_failing", done.failure ? failure_json(job, point, sectors, done) : ordered_json()}};
}

}  // namespace

std::string crash_json(const CrashJob& job, const BrokenRules& broken,
                       const logs::CrashPoint& point, const logs::CrashSectors& sectors,
                       const ChecksDone* done) {
  const bool is_logged = point.coverage == logs::Coverage::kLogged;
  const ordered_json json = {
      {"format", "simcheck-log-crash"},
      {"version", 1},
      {"image", job.image},
      {"log_verified", broken.empty()},
      {"broken_rules", broken},
      {"at", point.at},
      {"durable_before", point.durable_before},
      {"durable_fua", point.fua.size()},
      {"in_flight", point.in_flight},
      {"pending", pending_json(point, sectors)},
      {"coverage", is_logged ? "logged" : "issued"},
      {"coverage_guessed", point.guessed},
      {"tear", job.tear},
      {"disk_sector", job.model.disk_sector},
      {"images", job.tear ? or_null(sectors.images()) : ordered_json()},
      {"images_log2", job.tear ? sectors.images_log2() : writes_that_change(sectors)},
      {"check", done != nullptr ? check_json(job, point, sectors, *done) : ordered_json()}};
  return logs::json_text(json, 2) + "\n";
}

}  // namespace simcheck::cli
