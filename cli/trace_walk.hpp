// Walking through a trace, step by step, in a terminal or from a script.
#pragma once

#include "model/result.hpp"

namespace simcheck::cli {

/// Reads one command a line from standard input until its end or `q`.
void walk_trace(const model::Counterexample& example);

}  // namespace simcheck::cli
