#include "logs/missing_entry.hpp"

#include <fmt/format.h>

#include "logs/producer.hpp"
#include "logs/tail.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {

Behind look_behind(const ByteSource& source, const Superblock& super) {
  SectorReader reader(source, super.sector_size);
  Walk walk(reader, kFirstEntrySector, 0, super.nr_entries);
  Traits traits;
  Walk::Step step;
  while ((step = walk.step()) == Walk::Step::kEntry || step == Walk::Step::kBlanks) {
    if (step == Walk::Step::kEntry) traits.note(walk.entry());
  }
  if (step == Walk::Step::kFault || traits.ends_closed(reader)) return {};
  const Tail tail = look_at_tail(reader, walk.next_sector());
  return tail.foreign_bytes ? Behind{} : Behind{tail.entries, tail.zero_sectors};
}

std::string advice(const Behind& behind) {
  if (behind.zero_sectors > 0) return "`simcheck log verify` says what the zeroes before may be";
  return fmt::format("`simcheck log salvage` takes {} up", behind.entries == 1 ? "it" : "them");
}

std::string behind_in_words(const ByteSource& source, const Superblock& super) {
  const Behind behind = look_behind(source, super);
  if (behind.entries == 0) return "";
  return fmt::format("; {} {} behind the count, {}", counted(behind.entries, "entry"),
                     behind.entries == 1 ? "parses" : "parse", advice(behind));
}

Error no_entry(const ByteSource& source, const Superblock& super, std::uint64_t entry) {
  const std::string what =
      super.nr_entries == 0
          ? "the log has no entries"
          : fmt::format("there is no entry {}, the log has 0 to {}", entry, super.nr_entries - 1);
  return {what + behind_in_words(source, super)};
}

}  // namespace simcheck::logs
