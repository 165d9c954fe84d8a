// What the executions of one Mazurkiewicz trace have in common once they are over, whatever their
// order: which events each transition told of, how they end, what the disks hold, and what
// properties say.
//
// Not among it: whose submission a transition tells (of several that commute, the last one does),
// the numbers of requests behind a filter, and the texts of exceptions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "properties/property.hpp"
#include "sim/event.hpp"
#include "sim/fiber_set.hpp"
#include "sim/hash128.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

/// How an execution ended: by itself, or given up while something was enabled.
inline sim::Ending ending_of(const sim::World& world) {
  if (world.enabled() != 0) return sim::Ending::kTooLong;
  if (world.was_cut_short()) return sim::Ending::kCut;
  return world.unfinished() == 0 ? sim::Ending::kFinished : sim::Ending::kDeadlocked;
}

class TraceFacts {
 public:
  /// Of an execution that has just ended in this world, and what these properties say of it. Its
  /// i-th transition is that at places[i] of the execution to compare with. Throws CodeFailed.
  TraceFacts(const sim::World& world, const std::vector<std::uint32_t>& places,
             const properties::PropertyList& properties);

  /// The names of the properties that it breaks, sorted.
  const std::vector<std::string_view>& broken() const { return broken_; }

  struct Difference {
    std::optional<std::uint32_t> place;  ///< of the transition, if it is one's
    std::string what;                    ///< of that transition: "tells of other events"
    std::string_view property = {};      ///< whose judgement it is, and nothing else
  };
  /// Of two executions of one trace; nothing if there is none, as it should be.
  std::optional<Difference> difference_from(const TraceFacts& other) const;

 private:
  struct Told {
    std::uint32_t place;
    sim::Event event;

    friend bool operator==(const Told&, const Told&) = default;
  };

  void note_events(const sim::History& history, const std::vector<std::uint32_t>& places);

  std::vector<Told> told_;  // by place
  sim::Ending ending_;
  sim::FiberSet unfinished_;
  sim::Hash128 data_, log_;
  std::vector<std::string_view> broken_;  // names of the properties
};

}  // namespace simcheck::model
