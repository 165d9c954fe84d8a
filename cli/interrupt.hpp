// Ctrl-C ends an exploration with an honest partial result; a second one ends the process at once.
// Code under test that does not come back ends it, too (patience.hpp).
#pragma once

#include <atomic>

namespace simcheck::cli {

/// From now on SIGINT, SIGTERM and, unless it is ignored, SIGHUP set the flag that is returned.
/// Call it once.
const std::atomic<bool>& catch_interrupts();

}  // namespace simcheck::cli
