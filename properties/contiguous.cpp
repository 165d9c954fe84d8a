// contiguous: an entry's data lies directly behind its header, and entries leave no gap between
// them, nor behind the superblock.
//
// A log has no index: a reader finds data and the next header by adding up lengths. Data elsewhere
// is lost to it, and a gap is read as a header.
#include <fmt/format.h>

#include "properties/all.hpp"
#include "properties/placed.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

std::string extent(std::uint64_t begin, std::uint64_t count) {
  return count == 0 ? "no log sector" : log_sectors(begin, logs::saturating_add(begin, count));
}

bool behind_header(const sim::Event& data, const sim::Event& header) {
  return data.sector == header.sector + 1 &&
         data.nr_sectors == logs::data_sectors(header.nr_sectors, header.flags);
}

Judgement misplaced(const sim::History& history, const sim::Event& data, const sim::Event* header) {
  const std::string who = describe(history, data.request);
  const std::string where = extent(data.sector, data.nr_sectors);
  if (header == nullptr) {
    return Judgement::violated(
        fmt::format("data of {} goes to {} before any entry of it was placed", who, where),
        data.step);
  }
  const std::uint64_t count = logs::data_sectors(header->nr_sectors, header->flags);
  return Judgement::violated(
      fmt::format("data of {} goes to {}; its header at sector {} promises it at {}", who, where,
                  header->sector, extent(header->sector + 1, count)),
      data.step);
}

Judgement gap_left(const sim::History& history, const Placed& placed, const logs::Gap& gap) {
  const sim::Event& after = *placed.events[gap.after];
  const std::string before =
      gap.before == logs::kSuperblockIndex
          ? (history.first_log_sector == logs::kFirstEntrySector ? "the superblock"
                                                                 : "the log that is appended to")
          : "entry of " + describe(history, placed.events[gap.before]->request);
  return Judgement::violated(
      fmt::format("no entry covers {}, between {} and entry of {} at sector {}",
                  log_sectors(gap.begin, gap.end), before, describe(history, after.request),
                  after.sector),
      after.step);
}

class Contiguous final : public Property {
 public:
  std::string_view name() const override { return "contiguous"; }
  std::string_view summary() const override {
    return "data directly behind its header, no gap between entries";
  }
  bool is_symmetric() const override { return true; }

  Judgement judge(const Evidence& history) const override {
    const Placed& placed = history.journal().placed;
    for (const PlacedData& data : placed.data) {
      const sim::Event* header = placed.find(data.event->request, data.entries_before);
      if (header == nullptr || !behind_header(*data.event, *header)) {
        return misplaced(history, *data.event, header);
      }
    }
    if (placed.entries.empty()) return Judgement::not_exercised();
    const auto gap = logs::find_gap(placed.entries.span(), history.first_log_sector);
    return gap ? gap_left(history, placed, *gap) : Judgement::holds();
  }
};

}  // namespace

std::unique_ptr<Property> make_contiguous() { return std::make_unique<Contiguous>(); }

}  // namespace simcheck::properties
