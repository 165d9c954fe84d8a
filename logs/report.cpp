#include "logs/report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

using nlohmann::ordered_json;

constexpr const char* kNotCompared =
    "compared: nothing, for the log cannot be followed to its end\n";

std::string summary(const Verdict& verdict, Severity least) {
  std::string text = verdict.ok(least) ? "ok" : "violated";
  const std::uint64_t errors = verdict.count(Severity::kError);
  const std::uint64_t warnings = verdict.count(Severity::kWarning);
  const std::uint64_t notes = verdict.count(Severity::kNote);
  if (errors > 0) text += ", " + counted(errors, "error");
  if (warnings > 0) text += ", " + counted(warnings, "warning");
  if (notes > 0) text += ", " + counted(notes, "note");
  return text;
}

std::string checked(const Verdict& verdict) {
  if (!verdict.walked) {
    return fmt::format(
        "checked: the superblock only ({}); without a sound one no entry can be found",
        counted(verdict.bytes, "byte"));
  }
  std::string text =
      fmt::format("checked: {} of {} counted, in sectors 0 to {} of {}, of {} bytes each",
                  verdict.entries == 1 ? "1 entry" : fmt::format("{} entries", verdict.entries),
                  verdict.super->nr_entries, verdict.end_sector - 1, verdict.sectors,
                  verdict.super->sector_size);
  return text;
}

std::string producer(const Verdict& verdict) {
  if (!verdict.walked) return "";
  const Attribution& by = verdict.producer;
  if (!by.producer) return fmt::format("producer: not known, {}\n", by.why);
  if (by.given) return fmt::format("producer: {} (as given)\n", name(*by.producer));
  return fmt::format("producer: {} (a guess: {})\n", name(*by.producer), by.why);
}

std::string compared(const Verdict& verdict) {
  if (!verdict.compared) return verdict.data_refused ? kNotCompared : "";
  const DataComparison& all = *verdict.compared;
  std::string text = fmt::format("compared: {} of the data device with the log{}",
                                 counted(all.compared_bytes, "byte"),
                                 all.with_base ? ", the others with the base" : "");
  if (all.either_bytes > 0) {
    text += fmt::format("; in {} what entries behind the count wrote there is right as well",
                        counted(all.either_bytes, "byte"));
  }
  if (all.discarded_bytes > 0) text += fmt::format("; {} discarded", all.discarded_bytes);
  if (all.beyond_device > 0) {
    text += fmt::format("; {} past the end of the device", counted(all.beyond_device, "entry"));
  }
  return text + "\n";
}

std::string rule_list(const Verdict& verdict) {
  std::string text = "rules:";
  std::size_t column = text.size();
  for (const Rule* rule : verdict.rules) {
    if (column + 1 + rule->id.size() > 80) {
      text += "\n      ";
      column = 6;
    }
    text += fmt::format(" {}", rule->id);
    column += 1 + rule->id.size();
  }
  return text;
}

ordered_json producer_json(const Attribution& by) {
  ordered_json json = {{"name", nullptr}, {"guessed", !by.given}};
  if (by.producer) json["name"] = name(*by.producer);
  if (!by.given) json["why"] = by.why;
  return json;
}

ordered_json difference_json(const Difference& difference) {
  ordered_json json = ordered_json::object();
  if (difference.entry) json["entry"] = difference.entry->index;
  json["offset"] = difference.offset_bytes;
  json["expected"] = difference.expected;
  json["found"] = difference.found;
  return json;
}

ordered_json compared_json(const DataComparison& all) {
  ordered_json json = {{"compared_bytes", all.compared_bytes},
                       {"either_bytes", all.either_bytes},
                       {"discarded_bytes", all.discarded_bytes},
                       {"beyond_device", all.beyond_device},
                       {"with_base", all.with_base}};
  if (all.first) json["first"] = difference_json(*all.first);
  if (all.unlogged) json["unlogged"] = difference_json(*all.unlogged);
  return json;
}

ordered_json finding_json(const Finding& finding) {
  ordered_json json = {{"rule", finding.rule->id}, {"severity", name(finding.rule->severity)}};
  if (finding.entry) json["entry"] = *finding.entry;
  if (finding.log_sector) json["sector"] = *finding.log_sector;
  if (!finding.rule->breaks.empty()) json["breaks"] = finding.rule->breaks;
  json["message"] = finding.message;
  return json;
}

ordered_json checked_json(const Verdict& verdict) {
  ordered_json json = {{"bytes", verdict.bytes}, {"walked", verdict.walked}};
  if (verdict.compared) json["data"] = compared_json(*verdict.compared);
  if (verdict.walked) {
    json["sector_size"] = verdict.super->sector_size;
    json["nr_entries"] = verdict.super->nr_entries;
    json["entries"] = verdict.entries;
    json["end_sector"] = verdict.end_sector;
    json["sectors"] = verdict.sectors;
    json["producer"] = producer_json(verdict.producer);
  }
  for (const Rule* rule : verdict.rules) json["rules"].push_back(rule->id);
  return json;
}

}  // namespace

std::string verdict_line(const std::string& image, const Verdict& verdict, Severity least) {
  return fmt::format("{}: {}\n", image, summary(verdict, least));
}

std::string verdict_text(const std::string& image, const Verdict& verdict, Severity least) {
  std::string text = verdict_line(image, verdict, least);
  for (const Finding& finding : verdict.findings) {
    text +=
        fmt::format("{} {}: {}\n", name(finding.rule->severity), finding.rule->id, finding.message);
  }
  text += checked(verdict) + "\n" + producer(verdict) + compared(verdict);
  return text + rule_list(verdict) + "\n";
}

std::string verdict_json(const std::string& image, const Verdict& verdict, Severity least) {
  ordered_json json = {{"format", "simcheck-log-verify"},
                       {"version", 1},
                       {"image", image},
                       {"verdict", verdict.ok(least) ? "ok" : "violated"},
                       {"errors", verdict.count(Severity::kError)},
                       {"warnings", verdict.count(Severity::kWarning)},
                       {"notes", verdict.count(Severity::kNote)},
                       {"findings", ordered_json::array()},
                       {"checked", checked_json(verdict)}};
  for (const Finding& finding : verdict.findings) json["findings"].push_back(finding_json(finding));
  // Paths need not be UTF-8; a document must.
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace simcheck::logs
