#include "model/trace_facts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/ask_property.hpp"
#include "sim/state_hasher.hpp"

namespace simcheck::model {
namespace {

sim::Hash128 hash_of(const sim::ContentView* device) {
  return device == nullptr ? sim::Hash128{} : sim::hash_of_content(*device, device->size());
}

// One that only one of the two lists has. They are not equal, and sorted.
std::string_view differing(const std::vector<std::string_view>& a,
                           const std::vector<std::string_view>& b) {
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);
  if (in_a == a.end()) return *in_b;
  return in_b == b.end() ? *in_a : std::min(*in_a, *in_b);
}

}  // namespace

TraceFacts::TraceFacts(const sim::World& world, const std::vector<std::uint32_t>& places,
                       const properties::PropertyList& properties)
    : ending_(ending_of(world)), unfinished_(world.unfinished()) {
  sim::History history = world.history();
  history.ending = ending_;
  note_events(history, places);
  data_ = hash_of(history.data);
  log_ = hash_of(history.log);
  const properties::Evidence evidence(history);
  for (const auto& property : properties) {
    if (judgement_of(*property, evidence).violation) broken_.push_back(property->name());
  }
  std::ranges::sort(broken_);
}

void TraceFacts::note_events(const sim::History& history,
                             const std::vector<std::uint32_t>& places) {
  for (sim::Event event : history.events) {
    if (event.kind == sim::EventKind::kSubmitted || event.step >= places.size()) continue;
    const std::uint32_t place = places[event.step];
    event.step = place;
    event.request = sim::kNoRequest;
    if (event.kind == sim::EventKind::kException) event.sector = 0;  // which text
    told_.push_back({place, event});
  }
  std::ranges::stable_sort(told_, {}, &Told::place);
}

std::optional<TraceFacts::Difference> TraceFacts::difference_from(const TraceFacts& other) const {
  const auto [mine, others] = std::ranges::mismatch(told_, other.told_);
  if (mine != told_.end() || others != other.told_.end()) {
    const std::uint32_t place = mine == told_.end() ? others->place
                                : others == other.told_.end()
                                    ? mine->place
                                    : std::min(mine->place, others->place);
    return Difference{place, "tells of other events"};
  }
  if (ending_ != other.ending_ || unfinished_ != other.unfinished_)
    return Difference{{}, "other fibers come to their end"};
  if (data_ != other.data_) return Difference{{}, "the data device holds something else"};
  if (log_ != other.log_) return Difference{{}, "the log holds something else"};
  if (broken_ == other.broken_) return std::nullopt;
  const std::string_view property = differing(broken_, other.broken_);
  return Difference{{}, fmt::format("{} judges otherwise", property), property};
}

}  // namespace simcheck::model
