// What the command's exit status says; scripts rely on it, so it is part of the interface.
#pragma once

#include "model/result.hpp"

namespace simcheck::cli {

enum class ExitStatus : int {
  kComplete = 0,    ///< no violation, everything was explored
  kViolated = 1,    ///< a counterexample was found
  kUsage = 2,       ///< bad options or input, or the result could not be written
  kIncomplete = 3,  ///< no violation, but bounded or interrupted, or nothing could have broken it
  kDivergence = 4,  ///< a replay did not fit, or the driver is not deterministic, or shares unseen
  kInternal = 70,   ///< a bug in simcheck, or code under test that ended the process
  kMemory = 71,     ///< the system had no memory left
};

/// What a CI job expects of a check.
enum class Expectation { kNone, kExercised, kViolated, kNoViolation };

/// With Expectation::kViolated, finding a violation is success and a complete check without one is
/// failure. A check that did not look everywhere proves neither; with kNoViolation, it is enough
/// that it found none by its bound; with kExercised, a property that nothing could have broken is
/// one too many. Known violations are none.
ExitStatus exit_status(const model::Result& result, Expectation expectation);

}  // namespace simcheck::cli
