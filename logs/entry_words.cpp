#include "logs/entry_words.hpp"

#include <fmt/format.h>

#include "logs/printable.hpp"

namespace simcheck::logs {

using nlohmann::ordered_json;

std::string entry_columns() {
  return fmt::format("{:>8} {:>12} {:>14} {:>10}  {}\n", "entry", "log sector", "sector", "sectors",
                     "flags");
}

std::string entry_row(SectorReader& reader, const Entry& entry) {
  const EntryHeader& header = entry.header;
  std::string text;
  if ((header.flags & kFlagMark) != 0) {
    text = fmt::format(" \"{}\"", printable(reader.mark_text(entry)));
  }
  return fmt::format("{:>8} {:>12} {:>14} {:>10}  {}{}\n", entry.index, entry.log_sector,
                     header.sector, header.nr_sectors, flag_names(header.flags), text);
}

ordered_json flags_json(std::uint64_t flags) {
  ordered_json names = ordered_json::array();
  for (std::uint64_t flag = 1; flag <= kFlagMetadata; flag *= 2) {
    if ((flags & flag) != 0) names.push_back(flag_names(flag));
  }
  return names;
}

ordered_json entry_json(SectorReader& reader, const Entry& entry) {
  ordered_json json = {{"entry", entry.index},
                       {"log_sector", entry.log_sector},
                       {"sector", entry.header.sector},
                       {"nr_sectors", entry.header.nr_sectors},
                       {"flags", flags_json(entry.header.flags)}};
  if ((entry.header.flags & kFlagMark) != 0) json["mark"] = reader.mark_text(entry);
  if (entry.header.data_len != 0) json["data_len"] = entry.header.data_len;
  return json;
}

std::string json_text(const ordered_json& json, int indent) {
  return json.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace simcheck::logs
