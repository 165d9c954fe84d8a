// Less than Mazurkiewicz: stores whose order nobody sees are not ordered.
//
// A store that reads nothing commutes with the others of its object until somebody looks. Who looks
// within the execution (a read that finds two unordered stores before it) makes the stores of that
// object ordered after all, from a new start. Who looks at the end (properties read the disks) sees
// one store of each place last: for each that could be last, the disk is changed to show it and
// judged again. So what is explored is one execution for each trace without the order of stores,
// and for each choice of last stores in it.
//
// Source of the idea: Aronis, Jonsson, Lang, Sagonas, "Optimal Dynamic Partial Order Reduction with
// Observers", TACAS 2018. Deviation: there, a read that observes a store orders it against the
// others of that execution alone; here, an object whose stores are seen unordered once is ordered
// in the whole exploration, and so is a disk when two effects overlap in part. Final values of
// Shared variables are not looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "model/footprint_table.hpp"
#include "model/happens_before.hpp"
#include "model/schedule.hpp"

namespace simcheck::model {

class Archive;

/// A choice of last stores: of events that are to come after all others that store to their place.
using LastStores = std::vector<std::uint32_t>;

class OpenStores {
 public:
  /// `footprints` must outlive this.
  explicit OpenStores(FootprintTable& footprints) : footprints_(footprints) {}

  /// Looks for reads, in the execution from event `first_new` on, that see unordered stores; orders
  /// those. False if there were any: then the exploration must start over.
  bool all_unobserved(const HappensBefore& execution, std::size_t first_new);

  /// Begins with the outcomes of a finished execution. Only after all_unobserved() of it. False if
  /// there is none but the one that happened.
  bool begin_outcomes(const HappensBefore& execution);
  /// The next of them apart from the one that happened, or nothing. One after the other, since
  /// there may be more than anybody waits for: two for each place that is written twice,
  /// multiplied.
  std::optional<LastStores> next_outcome(const HappensBefore& execution);
  /// How far it is with that, and back to there after begin_outcomes().
  void save_or_load_position(Archive& archive);

 private:
  void note_places(const HappensBefore& execution, std::size_t first_new);
  void group(const HappensBefore& execution);
  bool is_alone(FootprintId footprint) const;
  bool overlaps_earlier(const HappensBefore& execution, std::size_t effect) const;
  bool sees_order(const HappensBefore& execution, std::size_t observer, const sim::Access& access);

  FootprintTable& footprints_;
  std::vector<std::vector<std::uint32_t>> candidates_;  // by place: the stores that may be last
  std::vector<std::uint32_t> stores_;
  std::vector<char> twice_{0};               // [i]: do the first i events store to one place twice?
  std::vector<std::uint32_t> first_stores_;  // by footprint, as place: the first event that has it
  // By place, which candidate the outcome that was last told has. All 0 for the one that happened.
  std::vector<std::uint32_t> last_told_;
};

/// The execution's choices, reordered so that `last` come after all stores to their place, and all
/// else as it happened where that is possible. Empty if no order of events gives this outcome.
Schedule reordered(const FootprintTable& footprints, const HappensBefore& execution,
                   const LastStores& last);

}  // namespace simcheck::model
