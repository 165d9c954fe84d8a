// Notices memory that code under test takes from malloc() while it runs. `new` takes it from the
// world's arena, where checkpoints save it; malloc()'s heap they cannot go back on.
#pragma once

#include <cstdint>

namespace simcheck::sim {

/// How often malloc() and its kin were called on this thread while a world's code was running.
/// Always 0 where the C library does not let itself be watched (other than glibc, sanitizers):
/// there, do not use checkpoints.
std::uint64_t heap_allocations_while_running() noexcept;

/// False where the count above means nothing.
bool can_watch_heap() noexcept;

}  // namespace simcheck::sim
