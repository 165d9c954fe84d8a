// Judges what power cuts leave: for each distinct state in which the power was cut, every image of
// the disks that a reader can tell from the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/hash_set.hpp"
#include "model/result.hpp"
#include "properties/property.hpp"
#include "sim/crash_image.hpp"
#include "sim/event_history.hpp"

namespace simcheck::model {

class Archive;

/// What one property said of one execution that broke it.
struct BrokenProperty {
  std::size_t property = 0;  ///< index into the property list
  properties::Violation violation;
};

/// The moments before or after which a cut comes, for these properties; 0 if none looks at cuts.
std::uint32_t cut_moments(const properties::PropertyList& properties);

class CrashCheck {
 public:
  /// `properties` must outlive this.
  CrashCheck(const properties::PropertyList& properties, sim::CrashModel model);

  /// `history` ends with a cut. Adds what its images break to `broken`, once for each property, and
  /// notes what was exercised.
  void judge(const sim::History& history, std::vector<BrokenProperty>& broken,
             std::vector<bool>& exercised);

  /// Forgets all, as the exploration does when it starts over.
  void start_over();

  const CrashCounts& counts() const { return counts_; }
  void save_or_load(Archive& archive);

 private:
  // Beyond this many states of a workload, some are judged more than once.
  static constexpr std::size_t kStatesMax = std::size_t{1} << 24;

  void judge(std::size_t property, const sim::CutDisk& data, const sim::CutDisk& log,
             sim::History history, std::vector<BrokenProperty>& broken,
             std::vector<bool>& exercised);

  const properties::PropertyList& properties_;
  sim::CrashModel model_;
  bool sees_data_;  // cuts are tried around what happens on the data device, too
  bool sees_submissions_;
  HashSet seen_;
  CrashCounts counts_;
};

}  // namespace simcheck::model
