// no-overlap: the extents of log entries, as a reader of the log sees them, are pairwise disjoint
// and leave sector 0, the superblock, alone.
//
// Without it an entry's data is another entry's header, and everything behind is misread. No two
// writes to the disk need overlap for that: what counts is what a header claims.
#include <fmt/format.h>

#include "properties/all.hpp"
#include "properties/placed.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

std::string reason(const sim::History& history, const Placed& placed, const logs::Overlap& found) {
  const logs::PlacedEntry& second = placed.entries[found.second];
  const sim::RequestId second_request = placed.events[found.second]->request;
  if (found.first == logs::kSuperblockIndex) {
    return fmt::format(
        "entry of {} has its header at sector {}, which is {}", describe(history, second_request),
        second.header_sector,
        second.header_sector == 0 ? "the superblock's" : "one of the log that is appended to");
  }
  const logs::PlacedEntry& first = placed.entries[found.first];
  return fmt::format("entry of {} at {} covers the header of request {} at sector {}",
                     describe(history, placed.events[found.first]->request),
                     log_sectors(first.header_sector, first.end()),
                     request_name(history, second_request), second.header_sector);
}

// The overlap that was there first, in time: that of the shortest prefix of the entries with one.
Judgement first_violation(const sim::History& history, const Placed& placed) {
  const std::span entries = placed.entries.span();
  const std::uint64_t begin = history.first_log_sector;
  std::size_t clean = 0, count = entries.size();
  while (clean + 1 < count) {
    const std::size_t middle = (clean + count) / 2;
    (logs::find_overlap(entries.first(middle), begin) ? count : clean) = middle;
  }
  return Judgement::violated(
      reason(history, placed, *logs::find_overlap(entries.first(count), begin)),
      placed.events[count - 1]->step);
}

class NoOverlap final : public Property {
 public:
  std::string_view name() const override { return "no-overlap"; }
  std::string_view summary() const override { return "log entries never overlap"; }
  bool is_symmetric() const override { return true; }

  Judgement judge(const Evidence& history) const override {
    const Placed& placed = history.journal().placed;
    if (placed.entries.empty()) return Judgement::not_exercised();
    if (!logs::find_overlap(placed.entries.span(), history.first_log_sector))
      return Judgement::holds();
    return first_violation(history, placed);
  }
};

}  // namespace

std::unique_ptr<Property> make_no_overlap() { return std::make_unique<NoOverlap>(); }

}  // namespace simcheck::properties
