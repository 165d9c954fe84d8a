// The figures of stats.hpp as text and as a document.
#include <fmt/format.h>

#include "logs/entry_words.hpp"
#include "logs/stats.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

using nlohmann::ordered_json;

std::uint64_t in_bytes(const Stats& stats, std::uint64_t sectors) {
  return checked_mul(sectors, stats.super.sector_size).value_or(UINT64_MAX);
}

std::string row(const Stats& stats, std::string_view kind, const Amount& amount) {
  if (amount.entries == 0) return fmt::format("{:<12} {:>9}\n", kind, 0);
  return fmt::format("{:<12} {:>9} {:>14} {:>12} {:>12}\n", kind, amount.entries,
                     in_bytes(stats, amount.sectors), in_bytes(stats, amount.sectors_min),
                     in_bytes(stats, amount.sectors_max));
}

std::string row(std::string_view kind, std::uint64_t entries) {
  return fmt::format("{:<12} {:>9}\n", kind, entries);
}

std::string lengths(const Stats& stats) {
  std::string text;
  for (std::size_t i = 0; i < stats.by_length.size(); ++i) {
    if (stats.by_length[i] == 0) continue;
    text += fmt::format("  {:>12} bytes and up {:>9}\n", in_bytes(stats, std::uint64_t{1} << i),
                        stats.by_length[i]);
  }
  return text.empty() ? "" : "writes by length:\n" + text;
}

ordered_json amount_json(const Stats& stats, const Amount& amount) {
  ordered_json json = {{"entries", amount.entries}, {"bytes", in_bytes(stats, amount.sectors)}};
  if (amount.entries > 0) {
    json["bytes_min"] = in_bytes(stats, amount.sectors_min);
    json["bytes_max"] = in_bytes(stats, amount.sectors_max);
  }
  return json;
}

}  // namespace

std::string stats_text(const std::string& image, const Stats& stats) {
  std::string text =
      fmt::format("{}: {} of {} counted, in sectors 0 to {} of {}, of {} bytes each\n", image,
                  counted(stats.entries, "entry"), stats.super.nr_entries, stats.end_sector - 1,
                  stats.sectors, stats.super.sector_size);
  if (stats.stopped) {
    text += fmt::format("the log cannot be followed to entry {}: these are the figures before it\n",
                        stats.stopped->index);
  }
  if (stats.behind.entries > 0) {
    text += fmt::format("behind the count: {}, not in these figures; {}\n",
                        counted(stats.behind.entries, "entry"), advice(stats.behind));
  }
  text += fmt::format("{:<12} {:>9} {:>14} {:>12} {:>12}\n", "", "entries", "bytes", "smallest",
                      "largest");
  text += row(stats, "writes", stats.writes) + row(stats, "  of zeroes", stats.zeroes) +
          row(stats, "discards", stats.discards);
  text += row("flushes", stats.flushes) + row("FUA", stats.fua) + row("METADATA", stats.metadata) +
          row("marks", stats.marks) + row("empty", stats.empty);
  text += fmt::format("most entries without a flush: {}\n", stats.flushed_longest);
  if (stats.device_end > 0) {
    text += fmt::format("data device: bytes {} to {}\n", in_bytes(stats, stats.device_first),
                        in_bytes(stats, stats.device_end) - 1);
  }
  return text + lengths(stats);
}

std::string stats_json(const std::string& image, const Stats& stats) {
  ordered_json json = {{"format", "simcheck-log-stats"},
                       {"version", 1},
                       {"image", image},
                       {"sector_size", stats.super.sector_size},
                       {"nr_entries", stats.super.nr_entries},
                       {"entries", stats.entries},
                       {"end_sector", stats.end_sector},
                       {"sectors", stats.sectors},
                       {"beyond_count", stats.behind.entries},
                       {"writes", amount_json(stats, stats.writes)},
                       {"zeroes", amount_json(stats, stats.zeroes)},
                       {"discards", amount_json(stats, stats.discards)},
                       {"flushes", stats.flushes},
                       {"fua", stats.fua},
                       {"metadata", stats.metadata},
                       {"marks", stats.marks},
                       {"empty", stats.empty},
                       {"flushed_longest", stats.flushed_longest},
                       {"by_length", ordered_json::array()}};
  if (stats.device_end > 0) {
    json["device"] = {{"begin", in_bytes(stats, stats.device_first)},
                      {"end", in_bytes(stats, stats.device_end)}};
  }
  for (std::size_t i = 0; i < stats.by_length.size(); ++i) {
    if (stats.by_length[i] == 0) continue;
    json["by_length"].push_back(
        {{"bytes", in_bytes(stats, std::uint64_t{1} << i)}, {"entries", stats.by_length[i]}});
  }
  if (stats.stopped) {
    json["stopped"] = {{"entry", stats.stopped->index}, {"log_sector", stats.stopped->log_sector}};
  }
  return json_text(json, 2) + "\n";
}

}  // namespace simcheck::logs
