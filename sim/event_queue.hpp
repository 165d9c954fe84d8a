// Virtual time, and what is going to happen in it. No clock is ever read.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/assert.hpp"

namespace simcheck::sim {

/// A moment of a simulation, counted from its start.
struct VirtualTime {
  std::uint64_t ns = 0;

  friend constexpr auto operator<=>(VirtualTime, VirtualTime) = default;
};

/// The moment `latency_ns` after `time`; the end of time is a programmer error.
constexpr VirtualTime after(VirtualTime time, std::uint64_t latency_ns) {
  SIMCHECK_ASSERT(latency_ns <= UINT64_MAX - time.ns, "virtual time ends after 584 years");
  return {time.ns + latency_ns};
}

/// Events by their due time: the earliest first, and among equals the one that was pushed first.
/// That order is total, so it is the same in every run.
template <class Event>
class EventQueue {
 public:
  struct Entry {
    VirtualTime due;
    std::uint64_t number;  ///< counts the pushes
    Event event;
  };

  void push(VirtualTime due, Event event) {
    heap_.push_back({due, pushed_++, std::move(event)});
    std::ranges::push_heap(heap_, Later{});
  }

  /// The next event, and when it is due. The queue must not be empty.
  const Entry& earliest() const {
    SIMCHECK_ASSERT(!heap_.empty(), "an empty queue has no earliest event");
    return heap_.front();
  }

  Entry pop() {
    SIMCHECK_ASSERT(!heap_.empty(), "an empty queue has no earliest event");
    std::ranges::pop_heap(heap_, Later{});
    Entry entry = std::move(heap_.back());
    heap_.pop_back();
    return entry;
  }

  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }

 private:
  // An object, so that it is inlined.
  struct Later {
    bool operator()(const Entry& a, const Entry& b) const {
      return a.due.ns != b.due.ns ? a.due.ns > b.due.ns : a.number > b.number;
    }
  };

  std::vector<Entry> heap_;
  std::uint64_t pushed_ = 0;
};

}  // namespace simcheck::sim
