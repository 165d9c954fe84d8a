#include "logs/find.hpp"

#include <fmt/format.h>

#include "logs/entry_words.hpp"
#include "logs/filter.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

using nlohmann::ordered_json;

bool fits(SectorReader& reader, const Entry& entry, const Query& query) {
  switch (query.what) {
    case Query::What::kMark:
      return (entry.header.flags & kFlagMark) != 0 && reader.mark_text(entry) == query.mark;
    case Query::What::kSector:
      return EntryFilter{.sectors = Range{query.sector, query.sector}}.wants(entry);
    case Query::What::kFlag:
      break;
  }
  return (entry.header.flags & query.flag) != 0;
}

SectorReader reader_of(const ByteSource& source) {
  return {source, std::get<Superblock>(read_sound_superblock(source)).sector_size};
}

}  // namespace

Result<Found> find_entries(const ByteSource& source, const Query& query) {
  const Result<Superblock> super = read_sound_superblock(source);
  if (const Error* error = std::get_if<Error>(&super)) return *error;
  SectorReader reader(source, std::get<Superblock>(super).sector_size);
  Walk walk(reader, kFirstEntrySector, 0, std::get<Superblock>(super).nr_entries);
  Found found;
  for (Walk::Step step = walk.step(); step != Walk::Step::kEnd; step = walk.step()) {
    if (step == Walk::Step::kFault) {
      found.stopped = walk.entry();
      found.fault = walk.fault();
      break;
    }
    if (step == Walk::Step::kBlanks || walk.entry().index < query.from) continue;
    if (!fits(reader, walk.entry(), query)) continue;
    ++found.total;
    if (found.total < query.nth) continue;
    if (found.entries.size() < kFoundMax) found.entries.push_back(walk.entry());
    if (found.total == query.nth) break;
  }
  if (!reader.failed()) return found;
  return Error{fmt::format("the image cannot be read at byte {}", reader.failed_offset())};
}

std::string found_text(const ByteSource& source, const Found& found) {
  std::string text;
  if (!found.entries.empty()) {
    SectorReader reader = reader_of(source);
    text = entry_columns();
    for (const Entry& entry : found.entries) text += entry_row(reader, entry);
  }
  if (found.entries.size() == kFoundMax && found.total > kFoundMax) {
    text += fmt::format("{:>8} {} more\n", "...", found.total - kFoundMax);
  }
  return text;
}

std::string found_json(const ByteSource& source, const std::string& image, const Found& found) {
  ordered_json json = {{"format", "simcheck-log-find"},
                       {"version", 1},
                       {"image", image},
                       {"total", found.total},
                       {"entries", ordered_json::array()}};
  SectorReader reader = reader_of(source);
  for (const Entry& entry : found.entries) json["entries"].push_back(entry_json(reader, entry));
  if (found.stopped) {
    json["stopped"] = {{"entry", found.stopped->index},
                       {"log_sector", found.stopped->log_sector},
                       {"reason", why(found.fault)}};
  }
  return json_text(json, 2) + "\n";
}

}  // namespace simcheck::logs
