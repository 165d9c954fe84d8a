// The steps of a counterexample in a line each, for formats that lay out nothing themselves.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "model/result.hpp"

namespace simcheck::reports {

/// "data zeroes done; places its entry at log sector 1; submits header @ log 1", by step.
std::vector<std::string> step_texts(const model::Counterexample& counterexample);

/// "no-overlap, log-parses": what each step breaks; mostly nothing.
std::vector<std::string> broken_by_step(const model::Counterexample& counterexample);

/// The other step of the race, if this is one of its two.
std::optional<std::size_t> race_partner(const model::Counterexample& counterexample,
                                        std::size_t step);

/// "at step 7" or "in the end".
std::string moment_text(const model::Counterexample& counterexample, const model::Finding& finding);

}  // namespace simcheck::reports
