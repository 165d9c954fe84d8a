// The threads that explore, as signals see them: each has a stack of its own for signal handlers,
// since that of a fiber may be full, and can be sent signals.
#pragma once

#include <cstddef>

namespace simcheck::cli {

/// To be called on each such thread before it explores; until it ends, it is one of them.
void begin_worker();

/// Sends the signal to all of them but the caller. How many these are. For signal handlers.
std::size_t signal_other_workers(int signal);

}  // namespace simcheck::cli
