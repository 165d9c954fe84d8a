// `log find` and `log stats`: every question, and figures that agree with the answers.
#include <nlohmann/json.hpp>

#include "logs/find.hpp"
#include "logs/stats.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

namespace simcheck::fuzz {
namespace {

// How many entries fit, or nothing for no log.
std::optional<std::uint64_t> count(const logs::ByteSource& log, const logs::Query& query) {
  const auto result = logs::find_entries(log, query);
  const auto* found = std::get_if<logs::Found>(&result);
  if (found == nullptr) return std::nullopt;
  require(nlohmann::json::accept(logs::found_json(log, "log", *found)), "a document is JSON");
  logs::found_text(log, *found);
  return found->total;
}

}  // namespace

void check_log_find(Bytes bytes) {
  using What = logs::Query::What;
  const logs::MemorySource log(bytes);
  count(log, {.what = What::kMark, .mark = "dm-log-writes-end"});
  count(log, {.what = What::kSector, .sector = 8});
  const auto flushes = count(log, {.flag = logs::kFlagFlush});
  const auto result = logs::stats_of(log);
  const auto* stats = std::get_if<logs::Stats>(&result);
  require((stats != nullptr) == flushes.has_value(), "both read the same logs");
  if (stats == nullptr) return;
  require(stats->flushes == *flushes, "find and stats see the same flushes");
  require(nlohmann::json::accept(logs::stats_json("log", *stats)), "a document is JSON");
  logs::stats_text("log", *stats);
}

}  // namespace simcheck::fuzz
