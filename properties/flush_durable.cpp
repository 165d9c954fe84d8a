// flush-durable: when a flush is acknowledged, the durable superblock counts its entry.
//
// A guest flushes so that what it wrote before survives a crash. Without this the log of a crashed
// machine ends before the flush, and a disk rebuilt from it lacks what the guest was promised.
#include <fmt/format.h>

#include "properties/all.hpp"
#include "properties/superblocks.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

// Which superblocks a flush of the log covers, and what is durable at an acknowledgement.
constexpr Order kDurability[] = {{.reads = bit_of_log(sim::DiskMoment::kFlushSubmitted),
                                  .writes = bit_of_log(sim::DiskMoment::kHeadCompleted)},
                                 {.reads = bit_of(sim::EventKind::kAcknowledged),
                                  .writes = bit_of_log(sim::DiskMoment::kFlushCompleted) |
                                            bit_of_log(sim::DiskMoment::kFuaCompleted)}};

bool is_flush(const sim::History& history, const sim::Event& event) {
  const std::uint32_t request = sim::index_of(event.request);
  return event.kind == sim::EventKind::kAcknowledged && event.status == sim::IoStatus::kOk &&
         request < history.requests.size() && history.requests[request].kind == sim::IoKind::kFlush;
}

class FlushDurable final : public Property {
 public:
  std::string_view name() const override { return "flush-durable"; }
  std::string_view summary() const override {
    return "the durable superblock counts acknowledged flushes";
  }
  bool is_symmetric() const override { return true; }
  Observes observes() const override {
    return {.orders = kDurability, .record = true, .overwritten = true};
  }

  Judgement judge(const Evidence& history) const override {
    if (!has_log_record(history)) return Judgement::not_exercised();
    const Placed& placed = history.journal().placed;
    bool exercised = false;
    for (const sim::Event& event : history.events) {
      if (!is_flush(history, event)) continue;
      const sim::Event* entry = placed.find(event.request);
      if (entry == nullptr) continue;
      exercised = true;
      const std::uint64_t number = number_of(history, placed, {entry->sector, 0, 0});
      const std::uint64_t count =
          entries_counted(history, sim::ContentAt::What::kDurable, event.step);
      if (count >= number) continue;
      return Judgement::violated(
          fmt::format("{} is acknowledged with its entry the {} of the log, but the durable "
                      "superblock counts {}",
                      describe(history, event.request), ordinal(number), count),
          event.step);
    }
    return exercised ? Judgement::holds() : Judgement::not_exercised();
  }
};

}  // namespace

std::unique_ptr<Property> make_flush_durable() { return std::make_unique<FlushDurable>(); }

}  // namespace simcheck::properties
