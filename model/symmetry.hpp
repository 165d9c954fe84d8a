// Symmetry: fibers that can be exchanged (SpawnOptions::symmetry_class) need to be explored under
// one of their namings only.
//
// Exchanging the fibers of a class takes executions to executions, so these fall into orbits, and
// one of each orbit is enough for every property that treats such fibers alike. The one to keep is
// singled out by an order: each fiber of the class has its n-th transition only after the fiber
// before it in the class has had its own (or has ended). Every execution becomes such a one by
// renaming its fibers in the order of those transitions, so at least one of each orbit is kept,
// whatever n is. Where the n-th transitions of all of them conflict in every execution, their order
// is part of the trace, the renaming is the only one, and exactly one trace of each orbit is kept.
// So n is chosen to be the first at which they conflict in a sample.
//
// An execution in which a fiber waits for that order to the end (the one before it waits for it) is
// abandoned: with other names, it is explored elsewhere.
//
// Compare Kokologiannakis, Marmanis, Vafeiadis, "SPORE: Combining Symmetry and Partial Order
// Reduction", PLDI 2024, which likewise lets equal threads differ for the first time in one order
// only. Deviation: the transition at which they do is the same one in all executions.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/testbed.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

/// The orders that leave at least one execution of each orbit; none if no fibers are declared to be
/// interchangeable, or none of them ever meets another. Runs one execution, of at most `steps_max`
/// transitions.
std::vector<sim::TransitionOrder> symmetry_orders(const sim::Testbed::Build& build,
                                                  std::uint32_t steps_max);

}  // namespace simcheck::model
