// What the events of a history say: which kinds there are, when each request was in flight and how
// it ended, and where its entry was placed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "properties/placed.hpp"
#include "properties/short_list.hpp"
#include "sim/event_history.hpp"

namespace simcheck::properties {

/// One request: in flight between two indices into History::events.
struct Life {
  std::uint32_t submitted = UINT32_MAX;  ///< UINT32_MAX: never
  std::uint32_t acknowledged = UINT32_MAX;
  bool ok = false;  ///< acknowledged as done; a request that died with its fiber is not

  bool in_flight_with(const Life& other) const {
    return submitted < other.acknowledged && other.submitted < acknowledged;
  }
};

/// The lives of History::requests, by RequestId.
class Lives {
 public:
  explicit Lives(std::size_t requests) : lives_(requests, Life{}) {}

  /// Learns from the history's event number `index`.
  void add(const sim::Event& event, std::uint32_t index) {
    const std::uint32_t request = sim::index_of(event.request);
    if (request >= lives_.size()) return;
    if (event.kind == sim::EventKind::kSubmitted) {
      lives_[request].submitted = index;
    } else if (event.kind == sim::EventKind::kAcknowledged) {
      const bool ok = event.status == sim::IoStatus::kOk;
      lives_[request].acknowledged = index;
      lives_[request].ok = ok;
      ok_count_ += ok ? 1 : 0;
    }
  }

  const Life& operator[](std::size_t request) const { return lives_[request]; }
  bool all_ok() const { return ok_count_ == lives_.size(); }
  bool ok(sim::RequestId request) const {
    return sim::index_of(request) < lives_.size() && lives_[sim::index_of(request)].ok;
  }

 private:
  ShortList<Life> lives_;
  std::size_t ok_count_ = 0;
};

/// All of it, in one pass over the events.
class Journal {
 public:
  explicit Journal(const sim::History& history) : lives(history.requests.size()) {
    std::uint32_t index = 0;
    for (const sim::Event& event : history.events) add(event, index++);
  }

  /// Did an event of this kind happen?
  bool has(sim::EventKind kind) const { return (kinds_ & bit_of(kind)) != 0; }
  /// Was a request submitted after another had been acknowledged? In most executions all are in
  /// flight together.
  bool submits_after_an_acknowledgement() const { return submits_late_; }

  Placed placed;
  Lives lives;

 private:
  void add(const sim::Event& event, std::uint32_t index) {
    const std::uint32_t kinds_before = kinds_;
    kinds_ |= bit_of(event.kind);
    if (event.kind == sim::EventKind::kEntryPlaced) {
      placed.add(event);
    } else if (event.kind == sim::EventKind::kDataPlaced) {
      placed.add_data(event);
    } else {
      if (event.kind == sim::EventKind::kSubmitted)
        submits_late_ |= (kinds_before & bit_of(sim::EventKind::kAcknowledged)) != 0;
      lives.add(event, index);
    }
  }

  std::uint32_t kinds_ = 0;
  bool submits_late_ = false;
};

}  // namespace simcheck::properties
