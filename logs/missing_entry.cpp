#include "logs/missing_entry.hpp"

#include <fmt/format.h>

#include "logs/holes.hpp"
#include "logs/producer.hpp"
#include "logs/words.hpp"

namespace simcheck::logs {

std::uint64_t entries_behind(const ByteSource& source, const Superblock& super) {
  SectorReader reader(source, super.sector_size);
  Walk walk(reader, kFirstEntrySector, 0, super.nr_entries);
  Traits traits;
  Walk::Step step;
  while ((step = walk.step()) == Walk::Step::kEntry || step == Walk::Step::kBlanks) {
    if (step == Walk::Step::kEntry) traits.note(walk.entry());
  }
  if (step == Walk::Step::kFault || traits.ends_closed(reader)) return 0;
  return follow_chain(reader, walk.next_sector(), UINT64_MAX).length;
}

std::string behind_in_words(const ByteSource& source, const Superblock& super) {
  const std::uint64_t behind = entries_behind(source, super);
  if (behind == 0) return "";
  return fmt::format("; {} {} behind the count, `simcheck log salvage` takes {} up",
                     counted(behind, "entry"), behind == 1 ? "parses" : "parse",
                     behind == 1 ? "it" : "them");
}

Error no_entry(const ByteSource& source, const Superblock& super, std::uint64_t entry) {
  const std::string what =
      super.nr_entries == 0
          ? "the log has no entries"
          : fmt::format("there is no entry {}, the log has 0 to {}", entry, super.nr_entries - 1);
  return {what + behind_in_words(source, super)};
}

}  // namespace simcheck::logs
