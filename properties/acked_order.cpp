// acked-order: a request acknowledged before another was submitted has the lower log position.
//
// Whoever submits a write after another was acknowledged may rely on that order. A log that
// reverses it replays the disk into a state that never existed.
#include <fmt/format.h>

#include <algorithm>

#include "properties/all.hpp"
#include "properties/journal.hpp"
#include "properties/short_list.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

// The latest entry of each request, by RequestId; null for none.
class LatestEntries {
 public:
  explicit LatestEntries(const sim::History& history) : entries_(history.requests.size(), nullptr) {
    for (const sim::Event& event : history.events) {
      const std::uint32_t request = sim::index_of(event.request);
      if (event.kind == sim::EventKind::kEntryPlaced && request < entries_.size())
        entries_[request] = &event;
    }
  }

  const sim::Event* find(sim::RequestId request) const {
    const std::uint32_t index = sim::index_of(request);
    return index < entries_.size() ? entries_[index] : nullptr;
  }

 private:
  ShortList<const sim::Event*> entries_;
};

Judgement reversed(const sim::History& history, const sim::Event& earlier,
                   const sim::Event& later) {
  return Judgement::violated(
      fmt::format(
          "{} was acknowledged before {} was submitted, but has its entry at log sector {}, "
          "not below sector {}",
          describe(history, earlier.request), describe(history, later.request), earlier.sector,
          later.sector),
      std::max(earlier.step, later.step));
}

class AckedOrder final : public Property {
 public:
  std::string_view name() const override { return "acked-order"; }
  std::string_view summary() const override { return "log order respects acknowledgements"; }
  bool is_symmetric() const override { return true; }
  Observes observes() const override { return {.orders = kWhoIsInFlight}; }

  Judgement judge(const Evidence& history) const override {
    if (!history.journal().submits_after_an_acknowledgement()) return Judgement::not_exercised();
    const LatestEntries placed(history);
    const sim::Event* highest = nullptr;  // the highest entry of the requests acknowledged so far
    bool exercised = false;
    for (const sim::Event& event : history.events) {
      if (event.kind != sim::EventKind::kAcknowledged && event.kind != sim::EventKind::kSubmitted) {
        continue;
      }
      const sim::Event* entry = placed.find(event.request);
      if (entry == nullptr) continue;
      if (event.kind == sim::EventKind::kAcknowledged) {
        if (highest == nullptr || entry->sector > highest->sector) highest = entry;
      } else if (highest != nullptr) {
        if (entry->sector <= highest->sector) return reversed(history, *highest, *entry);
        exercised = true;
      }
    }
    return exercised ? Judgement::holds() : Judgement::not_exercised();
  }
};

}  // namespace

std::unique_ptr<Property> make_acked_order() { return std::make_unique<AckedOrder>(); }

}  // namespace simcheck::properties
