// failed-not-logged: a write that failed on the data device is not in the log as if it were done.
//
// A log is replayed to get the disk of some moment back. An entry of a write that the disk refused
// makes it a disk that never was.
#include <fmt/format.h>

#include <bit>

#include "properties/all.hpp"
#include "properties/log_entry.hpp"
#include "properties/log_walk.hpp"
#include "properties/placed.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

bool is_failed_data_write(const sim::Event& event) {
  return event.kind == sim::EventKind::kIoFailed && event.device == sim::DeviceRole::kData &&
         event.io != sim::IoKind::kRead && event.io != sim::IoKind::kFlush;
}

// Where it was put; or null, also if its header did not get there.
const sim::Event* entry_in_log(const sim::History& history, const Placed& placed,
                               sim::RequestId request) {
  const sim::Event* entry = placed.find(request);
  if (entry == nullptr) return nullptr;
  const int shift = std::countr_zero(history.log_sector_size);
  const auto header = read_header(history, entry->sector);
  const bool is_there = has_header(history.requests[sim::index_of(request)], header, shift);
  return is_there && header != logs::EntryHeader{} ? entry : nullptr;
}

class FailedNotLogged final : public Property {
 public:
  std::string_view name() const override { return "failed-not-logged"; }
  std::string_view summary() const override {
    return "a write that failed on the data device is not logged";
  }
  bool is_symmetric() const override { return true; }

  Judgement judge(const Evidence& history) const override {
    Judgement judgement = Judgement::not_exercised();
    if (!history.journal().has(sim::EventKind::kIoFailed)) return judgement;
    for (const sim::Event& event : history.events) {
      const bool has_request = sim::index_of(event.request) < history.requests.size();
      if (!is_failed_data_write(event) || !has_request || history.log == nullptr) continue;
      judgement = Judgement::holds();
      const sim::Event* entry = entry_in_log(history, history.journal().placed, event.request);
      if (entry == nullptr) continue;
      return Judgement::violated(
          fmt::format("{} failed on the data device with {}, but the log has its entry at log "
                      "sector {}, as if it were done",
                      describe(history, event.request), to_string(event.status), entry->sector),
          history.steps);
    }
    return judgement;
  }
};

}  // namespace

std::unique_ptr<Property> make_failed_not_logged() { return std::make_unique<FailedNotLogged>(); }

}  // namespace simcheck::properties
