// A power cut as a check is asked for it: what survives, and what runs afterwards.
#pragma once

#include <cstdint>
#include <string>

#include "properties/property.hpp"
#include "sim/crash_image.hpp"
#include "sim/recovery.hpp"

namespace simcheck::model {

struct PowerCut {
  sim::CrashModel model;      ///< what survives
  sim::Recovery recovery;     ///< what runs before properties judge; none by default
  std::string recovery_name;  ///< for the result; "" for none
  /// How many cuts may follow one another, from 1: all but the first come while the recovery runs.
  std::uint32_t cuts = 1;
};

/// The moments before or after which a cut comes, for these properties; 0 if none looks at cuts.
std::uint32_t cut_moments(const properties::PropertyList& properties, const PowerCut& power_cut);

}  // namespace simcheck::model
