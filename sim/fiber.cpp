#include "sim/fiber.hpp"

#include <cxxabi.h>
#include <sys/mman.h>
#include <unistd.h>

#include <mutex>
#include <new>
#include <vector>

#include "sim/arena.hpp"

namespace simcheck::sim {
namespace {

std::size_t page_size() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }

// Stacks that were returned, ready for reuse. Never unmapped: there are few, and their pages are
// warm.
struct StackPool {
  std::mutex mutex;
  std::vector<std::byte*> free;
};

StackPool& stack_pool() {
  static StackPool* const pool = new StackPool;  // outlives static destruction on purpose
  return *pool;
}

std::byte* map_stack() {
  const std::size_t guard = page_size();
  void* const memory = ::mmap(nullptr, Stack::kBytes + guard, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  // Stacks grow down: an overflow runs into the page below and faults.
  if (::mprotect(memory, guard, PROT_NONE) != 0) {
    ::munmap(memory, Stack::kBytes + guard);
    throw std::bad_alloc();
  }
  return static_cast<std::byte*>(memory) + guard;
}

}  // namespace

Stack::Stack() {
  const ArenaScope heap(nullptr);  // the pool outlives any world
  StackPool& pool = stack_pool();
  const std::scoped_lock lock(pool.mutex);
  if (pool.free.empty()) {
    bottom_ = map_stack();
  } else {
    bottom_ = pool.free.back();
    pool.free.pop_back();
  }
}

Stack::~Stack() {
  if (bottom_ == nullptr) return;
  const ArenaScope heap(nullptr);
  StackPool& pool = stack_pool();
  const std::scoped_lock lock(pool.mutex);
  pool.free.push_back(bottom_);
}

ExceptionGlobals* ExceptionGlobals::ask() {
  return reinterpret_cast<ExceptionGlobals*>(abi::__cxa_get_globals());
}

void Fiber::prepare(const Stack& stack, Entry entry, void* argument) {
  entry_ = entry;
  argument_ = argument;
  exceptions_ = {};
  own_notes_ = sanitizer::notes_of(stack.bottom(), Stack::kBytes);
  sanitizer::forget_stack(stack.bottom(), Stack::kBytes);
  fiber_ = boost::context::detail::make_fcontext(stack.top(), Stack::kBytes, &Fiber::start);
}

void Fiber::start(boost::context::detail::transfer_t from) {
  Fiber& self = *static_cast<Fiber*>(from.data);
  self.scheduler_ = from.fctx;
  sanitizer::finish_switch(self.own_notes_, self.scheduler_notes_);
  self.entry_(self.argument_);
}

}  // namespace simcheck::sim
