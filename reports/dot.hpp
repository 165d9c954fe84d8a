// The happens-before graph of each counterexample in the language of Graphviz, for `dot`.
//
// A box is a step. Solid edges are the order within a request, bold dashed ones lead from a step to
// one of another request that depends on it. Steps that no path connects could have been exchanged.
#pragma once

#include <iosfwd>

#include "model/result.hpp"

namespace simcheck::reports {

/// A graph for each counterexample; one that only says so if there is none.
void write_dot(std::ostream& out, const model::Result& result);

}  // namespace simcheck::reports
