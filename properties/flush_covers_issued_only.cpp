// flush-covers-issued-only: a FLUSH entry lies behind no write whose data completed only after that
// flush was issued to the data device.
//
// A tool that replays a log up to a FLUSH takes what it has then for what a crash must leave. The
// flush made nothing durable that completed after it was issued, so without this the tool never
// sees the disk that a crash can leave, and takes a file system for safe that is not. The kernel's
// log-writes target keeps this promise: it puts in front of a FLUSH what had completed when the
// flush came.
#include <fmt/format.h>

#include <algorithm>

#include "properties/all.hpp"
#include "properties/placed.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

constexpr std::uint32_t bit_of_data(sim::DiskMoment moment) {
  return bit_of(sim::DeviceRole::kData, moment);
}

// Which writes of the data device had completed when a flush of it was issued.
constexpr Order kWhatAFlushCovers[] = {{.reads = bit_of_data(sim::DiskMoment::kFlushSubmitted),
                                        .writes = bit_of_data(sim::DiskMoment::kBodyCompleted)}};

bool is_flush(const sim::Event& entry) { return (entry.flags & logs::kFlagFlush) != 0; }

// The request's own flush of the data device, or null.
const sim::DiskFlush* flush_of(const sim::DiskRecord& data, sim::RequestId request) {
  for (const sim::DiskFlush& flush : data.flushes) {
    if (flush.request == request) return &flush;
  }
  return nullptr;
}

// The request's write that the flush came too early for, or null; `any` tells if it wrote at all.
const sim::DiskWrite* late_write(const sim::DiskRecord& data, sim::RequestId request,
                                 const sim::DiskFlush& flush, bool& any) {
  for (const sim::DiskWrite& write : data.writes) {
    if (write.request != request || write.status != sim::IoStatus::kOk) continue;
    any = true;
    if (!sim::DiskRecord::covers(flush, write)) return &write;
  }
  return nullptr;
}

class FlushCoversIssuedOnly final : public Property {
 public:
  std::string_view name() const override { return "flush-covers-issued-only"; }
  std::string_view summary() const override {
    return "a FLUSH entry lies behind what it flushed only";
  }
  bool is_symmetric() const override { return true; }
  Observes observes() const override { return {.orders = kWhatAFlushCovers, .record = true}; }

  Judgement judge(const Evidence& history) const override {
    if (history.data == nullptr) return Judgement::not_exercised();
    const sim::DiskRecord data = history.data->record();
    const Placed& placed = history.journal().placed;
    bool exercised = false;
    for (const sim::Event* entry : placed.events.span()) {
      const sim::DiskFlush* flush = is_flush(*entry) ? flush_of(data, entry->request) : nullptr;
      if (flush == nullptr) continue;
      for (const sim::Event* before : placed.events.span()) {
        if (before->sector >= entry->sector) continue;
        const sim::DiskWrite* late = late_write(data, before->request, *flush, exercised);
        if (late != nullptr) return covers_too_much(history, *entry, *flush, *before);
      }
    }
    return exercised ? Judgement::holds() : Judgement::not_exercised();
  }

 private:
  static Judgement covers_too_much(const sim::History& history, const sim::Event& entry,
                                   const sim::DiskFlush& flush, const sim::Event& before) {
    return Judgement::violated(
        fmt::format("the FLUSH of {} at log sector {} lies behind the entry of {} at sector {}, "
                    "whose data was not on the data device yet when that was flushed, at step {}",
                    describe(history, entry.request), entry.sector,
                    describe(history, before.request), before.sector, flush.submitted + 1),
        std::max(entry.step, before.step));
  }
};

}  // namespace

std::unique_ptr<Property> make_flush_covers_issued_only() {
  return std::make_unique<FlushCoversIssuedOnly>();
}

}  // namespace simcheck::properties
