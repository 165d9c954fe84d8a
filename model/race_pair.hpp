// Which two steps of a counterexample are its race: in the other order, nothing breaks.
#pragma once

#include <optional>

#include "model/check_options.hpp"
#include "model/result.hpp"
#include "model/workload.hpp"

namespace simcheck::model {

/// The latest two racing steps of what `options` found in `workload` whose exchange, with all else
/// going on as before as far as it can, breaks none of the properties. Nothing if no single
/// exchange does, or not among the first few hundred.
std::optional<RacePair> find_race_pair(const CheckOptions& options, const Workload& workload,
                                       const Counterexample& example);

}  // namespace simcheck::model
