// The current execution as a partial order: its transitions with vector clocks, and its races.
//
// Event j happens before event k if they are of one fiber, or their footprints conflict, or there
// is a chain of such steps from j to k. A race is a pair of conflicting events of different fibers
// with no chain around the conflict itself, in which the first does not enable the second.
//
// Vector clocks: Mattern, "Virtual Time and Global States of Distributed Systems", 1989.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/footprint_table.hpp"
#include "model/schedule.hpp"
#include "model/strategy.hpp"

namespace simcheck::model {

class HappensBefore {
 public:
  /// Number of an event within its fiber, from 1. Signed 16 bits: of these, processors find the
  /// maximum of eight pairs at once.
  using Count = std::int16_t;

  struct Event {
    Transition step;
    Count number;
    std::uint32_t before;  ///< its fiber's previous event, or kNone
    std::uint64_t known;   ///< which of the first touching_ events happen before it, as bits
  };
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// Two events by their places in the execution, first < second.
  struct Race {
    std::uint32_t first, second;
  };

  /// `footprints` must outlive this.
  HappensBefore(const FootprintTable& footprints, std::size_t fibers)
      : footprints_(footprints), width_((fibers + 7) / 8 * 8), last_(fibers, kNone) {}

  /// Appends an event; its clock and the races in which it is the second are found at once.
  void push(const Transition& step);
  /// Takes the last event back, with its races.
  Event pop() {
    const Event event = events_.back();
    events_.pop_back();
    if (!touching_.empty() && touching_.back().event == events_.size()) touching_.pop_back();
    path_.pop_back();
    while (!races_.empty() && races_.back().second == events_.size()) races_.pop_back();
    last_[sim::index_of(event.step.fiber)] = event.before;
    return event;
  }
  void clear();
  /// Under footprints that commute as they did when the events were appended.
  void save_or_load(Archive& archive);

  std::size_t size() const { return events_.size(); }
  const Event& operator[](std::size_t i) const { return events_[i]; }
  /// The fibers of all events, in order.
  const Schedule& path() const { return path_; }

  /// Requires j < k.
  bool happens_before(std::size_t j, std::size_t k) const { return in_clock(j, clock_of(k)); }
  /// Of each fiber, how many of its events happen before event i; that of its own includes it.
  std::span<const Count> clock(std::size_t i) const { return {clock_of(i), last_.size()}; }
  /// All races of the execution, ordered by their second event.
  std::span<const Race> races() const { return races_; }
  /// The events that a next transition of `fiber` with this footprint would race with, latest
  /// first. Valid until the next call.
  std::span<const std::uint32_t> would_race(sim::FiberId fiber, FootprintId footprint);

 private:
  // What finding races must know of an event, in one place: it goes through many of them.
  struct Touching {
    std::uint32_t event;
    FootprintId footprint;
    std::uint16_t fiber;
    Count number;
  };

  // What happens before an event, while that is being found out.
  struct Past {
    Count* clock;
    std::uint64_t known;  // as Event::known
  };
  static constexpr std::size_t kInBits = 64;

  template <class Found>
  void find_races(Past& past, FootprintId footprint, const Found& found);
  std::size_t last_unknown(const Past& past, std::size_t before) const;
  /// The last of the first `before` events that took the lock; kNone if none did.
  std::size_t last_taken(sim::ObjectId lock, std::size_t before) const;
  Past past_of(std::uint32_t before, Count* clock) const;
  void join(Past& past, std::size_t event) const;
  void push_again();
  bool in_clock(std::size_t event, const Count* clock) const {
    const Event& e = events_[event];
    return clock[sim::index_of(e.step.fiber)] >= e.number;
  }
  Count* clock_of(std::size_t event) { return clocks_.data() + event * width_; }
  const Count* clock_of(std::size_t event) const { return clocks_.data() + event * width_; }

  const FootprintTable& footprints_;
  std::size_t width_;  // of a clock: the number of fibers, rounded up to 8
  std::vector<Event> events_;
  std::vector<Touching> touching_;  // the events that touched something of others, in order
  std::uint32_t conflicting_footprints_ = 0;  // as many there were when that was found out
  Schedule path_;
  std::vector<Race> races_;
  std::vector<std::uint32_t> last_;  // each fiber's last event, or kNone
  std::vector<Count> clocks_;        // [i * width ...]: the clock of event i
  std::vector<Count> next_clock_;    // for would_race
  std::vector<std::uint32_t> found_;
};

}  // namespace simcheck::model
