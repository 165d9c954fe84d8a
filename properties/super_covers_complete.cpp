// super-covers-complete: the superblock never counts an entry that is not wholly written.
//
// Without it whoever reads the log at that moment, or after a crash, finds a hole where an entry is
// promised. A hole is no header, so everything behind it is lost, too.
#include <fmt/format.h>

#include <algorithm>

#include "properties/all.hpp"
#include "properties/extent.hpp"
#include "properties/superblocks.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

// One superblock write that took effect, against the entries that it counts.
class Count {
 public:
  Count(const sim::History& history, const Placed& placed, const sim::DiskWrite& super,
        std::uint64_t count)
      : history_(history), placed_(placed), super_(super), count_(count) {
    for (const sim::DiskWrite& write : history.log->record().writes) {
      if (write.took_effect < super.took_effect) written_.push_back(&write);
    }
  }

  Judgement judge() const {
    for (std::size_t i = 0; i < placed_.entries.size(); ++i) {
      const sim::Event& entry = *placed_.events[i];
      if (number_of(history_, placed_, placed_.entries[i]) > count_) continue;
      if (!is_written(entry.request, entry.sector, 1)) return hole(i, "header");
      if (!has_data(entry)) return hole(i, "data");
    }
    if (count_ > history_.log_entries_before + placed_.entries.size()) return beyond_all();
    return count_ > 0 ? Judgement::holds() : Judgement::not_exercised();
  }

 private:
  bool has_data(const sim::Event& entry) const {
    if (logs::data_sectors(entry.nr_sectors, entry.flags) == 0) return true;
    const auto behind = history_.events.subspan(&entry - history_.events.data());
    const auto data = std::ranges::find_if(behind, [&](const sim::Event& event) {
      return event.kind == sim::EventKind::kDataPlaced && event.request == entry.request;
    });
    return data != behind.end() && is_written(entry.request, data->sector, data->nr_sectors);
  }

  // By that request, all of these log sectors?
  bool is_written(sim::RequestId request, std::uint64_t sector, std::uint64_t count) const {
    const std::uint64_t size = history_.log_sector_size;
    ShortList<Extent> parts;
    for (const sim::DiskWrite* write : written_.span()) {
      if (write->request == request)
        parts.push_back({write->offset, write->offset + write->length});
    }
    return all_pieces({sector * size, (sector + count) * size}, parts.span(),
                      [](const Extent&) { return false; });
  }

  std::string subject() const {
    return fmt::format("the superblock of {} takes effect and counts {}",
                       describe(history_, super_.request), entry_count(count_));
  }

  Judgement hole(std::size_t i, const char* what) const {
    const sim::Event& entry = *placed_.events[i];
    return Judgement::violated(
        fmt::format("{}, but the {} of entry {}, of {} at log sector {}, is not written yet",
                    subject(), what, number_of(history_, placed_, placed_.entries[i]),
                    describe(history_, entry.request), entry.sector),
        super_.took_effect);
  }

  Judgement beyond_all() const {
    return Judgement::violated(
        fmt::format("{}, but the driver placed {}", subject(), placed_.entries.size()),
        super_.took_effect);
  }

  const sim::History& history_;
  const Placed& placed_;
  const sim::DiskWrite& super_;
  std::uint64_t count_;
  ShortList<const sim::DiskWrite*> written_;  // before it
};

// Whether the superblock or another write of the log takes effect first.
constexpr Order kSuperblockOrder[] = {
    {.reads = bit_of(sim::DeviceRole::kLog, sim::DiskMoment::kHeadEffect),
     .writes = bit_of(sim::DeviceRole::kLog, sim::DiskMoment::kBodyEffect)}};

class SuperCoversComplete final : public Property {
 public:
  std::string_view name() const override { return "super-covers-complete"; }
  std::string_view summary() const override {
    return "the superblock counts only what is wholly written";
  }
  bool is_symmetric() const override { return true; }
  Observes observes() const override {
    return {.orders = kSuperblockOrder, .record = true, .overwritten = true};
  }

  Judgement judge(const Evidence& history) const override {
    if (!has_log_record(history)) return Judgement::not_exercised();
    const Placed& placed = history.journal().placed;
    bool exercised = false;
    Judgement judgement;
    for_each_superblock(history, [&](const sim::DiskWrite& write, std::uint64_t count) {
      judgement = Count(history, placed, write, count).judge();
      exercised |= judgement.exercised;
      return !judgement.violation;
    });
    judgement.exercised = exercised;
    return judgement;
  }
};

}  // namespace

std::unique_ptr<Property> make_super_covers_complete() {
  return std::make_unique<SuperCoversComplete>();
}

}  // namespace simcheck::properties
