// Counterexamples as Chrome trace events, for https://ui.perfetto.dev and chrome://tracing.
//
// A counterexample is a process, a lane a thread, a step a slice of one millisecond: an execution
// has an order and no times. Arrows lead from a disk request's submission through its effect to its
// completion, and from each step to those of other lanes that depend on it; shared variables that
// are numbers are counters.
//
// Fields as in "Trace Event Format" (N. Duca, D. Sinclair, Google).
#pragma once

#include <iosfwd>

#include "model/result.hpp"

namespace simcheck::reports {

void write_chrome_trace(std::ostream& out, const model::Result& result);

}  // namespace simcheck::reports
