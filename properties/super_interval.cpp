// super-interval: whenever nothing is in flight and nothing failed, the superblock counts at least
// the largest multiple of the update interval that is not above the number of entries.
//
// The interval bounds how much of a log a crash can cost its reader. Without it there is no bound:
// one update can stay out, and after it all.
#include <fmt/format.h>

#include "properties/all.hpp"
#include "properties/journal.hpp"
#include "properties/superblocks.hpp"
#include "properties/words.hpp"

namespace simcheck::properties {
namespace {

Judgement judge_at_rest(const sim::History& history, std::uint64_t placed, std::uint32_t step) {
  const std::uint64_t due = placed / history.super_interval * history.super_interval;
  if (due <= history.log_entries_before) return Judgement::not_exercised();
  const std::uint64_t count = entries_counted(history, sim::ContentAt::What::kVisible, step);
  if (count >= due) return Judgement::holds();
  return Judgement::violated(
      fmt::format("nothing is in flight, {} {} logged and the superblock is updated every {}, but "
                  "it counts {}",
                  entry_count(placed), placed == 1 ? "was" : "were", history.super_interval, count),
      step);
}

class SuperInterval final : public Property {
 public:
  std::string_view name() const override { return "super-interval"; }
  std::string_view summary() const override {
    return "at rest the superblock is as new as its interval says";
  }
  bool is_symmetric() const override { return true; }
  Observes observes() const override {
    return {.orders = kWhoIsInFlight, .record = true, .overwritten = true};
  }

  Judgement judge(const Evidence& history) const override {
    if (!has_log_record(history) || history.super_interval == 0) return Judgement::not_exercised();
    std::uint64_t placed = history.log_entries_before, in_flight = 0;
    bool exercised = false;
    for (const sim::Event& event : history.events) {
      if (event.kind == sim::EventKind::kEntryPlaced) ++placed;
      if (event.kind == sim::EventKind::kSubmitted) ++in_flight;
      if (event.kind != sim::EventKind::kAcknowledged) continue;
      if (event.status != sim::IoStatus::kOk) break;
      if (--in_flight > 0) continue;
      const Judgement judgement = judge_at_rest(history, placed, event.step);
      if (judgement.violation) return judgement;
      exercised |= judgement.exercised;
    }
    return exercised ? Judgement::holds() : Judgement::not_exercised();
  }
};

}  // namespace

std::unique_ptr<Property> make_super_interval() { return std::make_unique<SuperInterval>(); }

}  // namespace simcheck::properties
