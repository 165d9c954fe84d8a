// The functions of malloc() are replaced by ones that count and pass on, as the GNU C Library
// manual, section 3.2.5, "Replacing malloc", provides for.
#include "sim/heap_watch.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdlib>

#include "sim/arena.hpp"
#include "sim/sanitizer.hpp"

#if defined(__GLIBC__) && !SIMCHECK_ASAN
#define SIMCHECK_WATCHES_HEAP 1
#else
#define SIMCHECK_WATCHES_HEAP 0
#endif

namespace simcheck::sim {
namespace {

constinit thread_local std::uint64_t allocations = 0;

[[maybe_unused]] void note_allocation() noexcept {
  if (ArenaScope::current() != nullptr) ++allocations;
}

}  // namespace

std::uint64_t heap_allocations_while_running() noexcept { return allocations; }

bool can_watch_heap() noexcept { return SIMCHECK_WATCHES_HEAP != 0; }

UncountedHeap::~UncountedHeap() { allocations = before_; }

}  // namespace simcheck::sim

#if SIMCHECK_WATCHES_HEAP
extern "C" {

void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* memory, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);
void* __libc_valloc(std::size_t bytes);
void* __libc_pvalloc(std::size_t bytes);

void* malloc(std::size_t bytes) {
  simcheck::sim::note_allocation();
  return __libc_malloc(bytes);
}

void* calloc(std::size_t count, std::size_t bytes) {
  simcheck::sim::note_allocation();
  return __libc_calloc(count, bytes);
}

void* realloc(void* memory, std::size_t bytes) {
  simcheck::sim::note_allocation();
  return __libc_realloc(memory, bytes);
}

void* memalign(std::size_t alignment, std::size_t bytes) {
  simcheck::sim::note_allocation();
  return __libc_memalign(alignment, bytes);
}

void* aligned_alloc(std::size_t alignment, std::size_t bytes) { return memalign(alignment, bytes); }

int posix_memalign(void** memory, std::size_t alignment, std::size_t bytes) {
  const bool is_power = alignment != 0 && (alignment & (alignment - 1)) == 0;
  if (!is_power || alignment % sizeof(void*) != 0) return EINVAL;
  void* const found = memalign(alignment, bytes);
  if (found == nullptr) return ENOMEM;
  *memory = found;
  return 0;
}

void* valloc(std::size_t bytes) {
  simcheck::sim::note_allocation();
  return __libc_valloc(bytes);
}

void* pvalloc(std::size_t bytes) {
  simcheck::sim::note_allocation();
  return __libc_pvalloc(bytes);
}

}  // extern "C"
#endif
