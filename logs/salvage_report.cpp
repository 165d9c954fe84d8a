// What salvage did, in words and as a document.
#include <fmt/format.h>

#include "logs/entry_words.hpp"
#include "logs/salvage.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {

using nlohmann::ordered_json;

std::string salvage_text(const std::string& image, const std::string& out, const Salvaged& log) {
  std::string text =
      fmt::format("{}: {} of {}", out, counted(log.super.nr_entries, "entry"), image);
  if (log.changes.empty()) return text + ", which needed no repair\n";
  if (log.losses() == 0) {
    text += ", nothing lost\n";
  } else {
    text += fmt::format(", something lost in {}\n", counted(log.losses(), "place"));
  }
  for (const Change& change : log.changes) {
    text += fmt::format("{}: {}\n", change.is_loss ? "lost" : "repaired", change.message);
  }
  return text;
}

std::string salvage_json(const std::string& image, const std::string& out, const Salvaged& log) {
  ordered_json json = {{"format", "simcheck-log-salvage"},
                       {"version", 1},
                       {"image", image},
                       {"out", out},
                       {"sector_size", log.super.sector_size},
                       {"nr_entries", log.super.nr_entries},
                       {"lost", ordered_json::array()},
                       {"repaired", ordered_json::array()}};
  for (const Change& change : log.changes) {
    ordered_json entry = ordered_json::object();
    if (change.entry) entry["entry"] = *change.entry;
    if (change.log_sector) entry["sector"] = *change.log_sector;
    entry["message"] = change.message;
    json[change.is_loss ? "lost" : "repaired"].push_back(entry);
  }
  return json_text(json, 2) + "\n";
}

}  // namespace simcheck::logs
