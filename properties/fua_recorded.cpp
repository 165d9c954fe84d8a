// fua-recorded: when a write with FUA is acknowledged, the log says that it is durable: a FLUSH
// lies behind its entry, or the entry itself carries FUA.
//
// A tool that replays a log drops what no FLUSH or FUA made durable, since a crash may. Without
// this it drops writes that the guest was promised, and blames the file system for it.
#include <fmt/format.h>

#include <algorithm>

#include "logs/format.hpp"
#include "properties/all.hpp"
#include "properties/short_list.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

// What had been placed when a request was acknowledged. Behind a filter the guest's requests are
// acknowledged, and the log holds those that the driver got from the request's lane.
constexpr Order kPlacedBefore[] = {
    {.reads = bit_of(sim::EventKind::kAcknowledged) | bit_of(sim::EventKind::kGuestAcknowledged),
     .writes = bit_of(sim::EventKind::kEntryPlaced)}};

// The request that the guest is told is done, or null if the event is none of that sort.
const sim::RequestInfo* acknowledged_to_guest(const sim::History& history,
                                              const sim::Event& event) {
  const bool has_filter = !history.guest_requests.empty();
  const auto requests = has_filter ? history.guest_requests : history.requests;
  const auto kind = has_filter ? sim::EventKind::kGuestAcknowledged : sim::EventKind::kAcknowledged;
  const std::uint64_t index = has_filter ? event.sector : sim::index_of(event.request);
  const bool ok = event.kind == kind && event.status == sim::IoStatus::kOk;
  return ok && index < requests.size() ? &requests[index] : nullptr;
}

class FuaRecorded final : public Property {
 public:
  std::string_view name() const override { return "fua-recorded"; }
  std::string_view summary() const override {
    return "acknowledged FUA writes are durable in the log, too";
  }
  bool is_symmetric() const override { return true; }
  Observes observes() const override { return {.orders = kPlacedBefore}; }

  Judgement judge(const Evidence& history) const override {
    bool exercised = false;
    for (std::size_t i = 0; i < history.events.size(); ++i) {
      const sim::RequestInfo* request = acknowledged_to_guest(history, history.events[i]);
      if (request == nullptr || !request->fua) continue;
      exercised = true;
      Judgement judgement = judge_write(history, *request, i);
      if (judgement.violation) return judgement;
    }
    return exercised ? Judgement::holds() : Judgement::not_exercised();
  }

 private:
  // The log as it was when event `end` happened.
  static Judgement judge_write(const sim::History& history, const sim::RequestInfo& request,
                               std::size_t end) {
    const sim::Event* last = nullptr;  // of its entries without FUA, in log order
    std::uint64_t flushed = 0;         // the last FLUSH lies there
    bool is_logged = false;
    for (const sim::Event& entry : history.events.first(end)) {
      if (entry.kind != sim::EventKind::kEntryPlaced) continue;
      if ((entry.flags & logs::kFlagFlush) != 0) flushed = std::max(flushed, entry.sector);
      if (!is_of(history, entry, request)) continue;
      is_logged = true;
      if ((entry.flags & logs::kFlagFua) != 0) continue;
      if (last == nullptr || entry.sector > last->sector) last = &entry;
    }
    if (is_logged && (last == nullptr || last->sector < flushed)) return Judgement::holds();
    const std::string what =
        is_logged ? fmt::format(
                        "its entry at log sector {} does not carry FUA, and no FLUSH lies "
                        "behind it",
                        last->sector)
                  : "it has no entry in the log";
    return Judgement::violated(fmt::format("request {} ({}) is acknowledged, but {}",
                                           lane_name(request.lane), request_words(request), what),
                               history.events[end].step);
  }

  // Is it the entry of a write that this request became?
  static bool is_of(const sim::History& history, const sim::Event& entry,
                    const sim::RequestInfo& request) {
    const std::uint32_t index = sim::index_of(entry.request);
    return index < history.requests.size() && history.requests[index].lane == request.lane &&
           history.requests[index].kind != sim::IoKind::kFlush;
  }
};

}  // namespace

std::unique_ptr<Property> make_fua_recorded() { return std::make_unique<FuaRecorded>(); }

}  // namespace simcheck::properties
