// Which transitions have always touched the same, and which touch what depends on the state.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/archive_types.hpp"
#include "model/happens_before.hpp"
#include "sim/grown_at.hpp"

namespace simcheck::model {

/// By fiber and the number of its event, over all executions of a workload.
class UsualFootprints {
 public:
  explicit UsualFootprints(std::size_t fibers) : footprints_(fibers) {}

  /// Notes a section. False if it is the first one whose footprint is not what this event has had
  /// so far; from then on that depends on the state.
  bool note(const HappensBefore::Event& event) {
    FootprintId& usual =
        sim::grown_at(footprints_[sim::index_of(event.step.fiber)], place_of(event)).footprint;
    if (usual == kUnknownFootprint || usual == event.step.footprint) return true;
    const bool is_first = usual == kNotSeen;
    usual = is_first ? event.step.footprint : kUnknownFootprint;
    return is_first;
  }

  /// Of an event whose like was noted.
  bool depends_on_state(const HappensBefore::Event& event) const {
    return event.step.is_section &&
           footprints_[sim::index_of(event.step.fiber)][place_of(event)].footprint ==
               kUnknownFootprint;
  }

  void save_or_load(Archive& archive) { archive(footprints_); }

 private:
  static constexpr FootprintId kNotSeen{UINT32_MAX};
  struct Usual {
    FootprintId footprint = kNotSeen;  // kUnknownFootprint: there were several

    void save_or_load(Archive& archive) { archive(footprint); }
  };

  static std::size_t place_of(const HappensBefore::Event& event) {
    return static_cast<std::size_t>(event.number - 1);
  }

  std::vector<std::vector<Usual>> footprints_;  // [f][n - 1]: of event n of fiber f
};

}  // namespace simcheck::model
