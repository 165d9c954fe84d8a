// Remarks on options that had no effect, so that nobody takes for checked what was not.
#pragma once

#include "cli/options.hpp"
#include "model/check.hpp"
#include "model/result.hpp"

namespace simcheck::cli {

/// Before the check: what cannot change anything.
void note_idle_options(const Options& options, const model::CheckOptions& check);

/// After it: faults that hit nothing, and properties that nothing could have broken, with what they
/// need.
void note_idle_result(const Options& options, const model::Result& result);

/// Which properties nothing explored could have broken, if any: what --expect exercised fails for.
void note_unexercised(const model::Result& result);

}  // namespace simcheck::cli
