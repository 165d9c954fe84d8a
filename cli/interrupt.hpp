// Ctrl-C ends an exploration with an honest partial result; a second one ends the process.
#pragma once

#include <atomic>

namespace simcheck::cli {

/// From now on SIGINT and SIGTERM set the flag that is returned. Call it once.
const std::atomic<bool>& catch_interrupts();

}  // namespace simcheck::cli
