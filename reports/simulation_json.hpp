// A simulated run as one JSON document, described by docs/simulation.schema.json. The same run
// gives the same bytes.
#pragma once

#include <iosfwd>
#include <nlohmann/json_fwd.hpp>

#include "model/simulation.hpp"

namespace simcheck::reports {

inline constexpr int kSimulationVersion = 1;  ///< raised when a field changes its meaning or goes

nlohmann::ordered_json to_json(const model::SimulatedRun& run);

/// Indented, with a newline at the end.
void write_json(std::ostream& out, const model::SimulatedRun& run);

}  // namespace simcheck::reports
