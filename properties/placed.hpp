// The log's entries as the driver placed them, taken from the events of a history.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "logs/placement.hpp"
#include "properties/short_list.hpp"
#include "sim/event_history.hpp"

namespace simcheck::properties {

/// A kDataPlaced event.
struct PlacedData {
  const sim::Event* event;
  std::size_t entries_before;  ///< placed by then
};

/// Entry i is the history's i-th kEntryPlaced event.
struct Placed {
  Placed() = default;
  explicit Placed(const sim::History& history) {
    for (const sim::Event& event : history.events) {
      if (event.kind == sim::EventKind::kEntryPlaced) add(event);
    }
  }

  void add(const sim::Event& event) {
    entries.push_back({event.sector, event.nr_sectors, event.flags});
    events.push_back(&event);
  }

  void add_data(const sim::Event& event) { data.push_back({&event, events.size()}); }

  /// The event of the request's latest entry among the first `count`, or null.
  const sim::Event* find(sim::RequestId request, std::size_t count = SIZE_MAX) const {
    for (std::size_t i = std::min(count, events.size()); i-- > 0;) {
      if (events[i]->request == request) return events[i];
    }
    return nullptr;
  }

  ShortList<logs::PlacedEntry> entries;
  ShortList<const sim::Event*> events;
  ShortList<PlacedData> data;
};

}  // namespace simcheck::properties
