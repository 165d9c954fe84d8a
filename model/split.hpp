// Splitting an exploration into parts that are explored independently, for several workers.
//
// Two transitions that conflict in every execution come in one order or the other, so the traces
// with the one and those with the other are disjoint, and together all. A part is a list of such
// orders, which the world enforces (World::order). The sum of the parts' counts is then exactly
// that of the whole, whoever explores which part when. That the transitions happen and conflict in
// every execution is checked in every execution: if not, the split is broken and the whole is
// explored instead.
//
// Why not subtrees of the wakeup tree: a race found in one subtree inserts sequences into the
// subtrees to its right before they are explored, so these cannot begin earlier without losing
// traces or exploring some twice.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "model/footprint_table.hpp"
#include "model/strategy.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

using Part = std::vector<sim::TransitionOrder>;

/// Thrown by an Explorer whose execution does not keep to the orders of its part.
struct SplitBroken {};

/// The first execution of a part; and what conflicts in it.
struct SampleExecution {
  std::vector<Transition> steps;
  std::function<bool(FootprintId, FootprintId)> may_swap;  ///< do they conflict, neither enabling?
};

/// Gives the sample of a part, or nothing if the part is broken or empty.
using SamplePart = std::function<std::optional<SampleExecution>(const Part&)>;

/// At least `parts_wanted` parts if there are enough transitions to order, else as many as there
/// are; one empty part if the whole cannot be split. The same for the same samples.
std::vector<Part> split(const SamplePart& sample, std::size_t parts_wanted);

}  // namespace simcheck::model
