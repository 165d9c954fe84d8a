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

/// While it lives, nothing on this thread is counted: for exceptions that the simulator throws
/// itself, whose memory is from malloc().
class UncountedHeap {
 public:
  UncountedHeap() noexcept : before_(heap_allocations_while_running()) {}
  ~UncountedHeap();
  UncountedHeap(const UncountedHeap&) = delete;
  UncountedHeap& operator=(const UncountedHeap&) = delete;

 private:
  std::uint64_t before_;
};

}  // namespace simcheck::sim
