#include "sim/arena.hpp"

#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <vector>

#include "sim/assert.hpp"
#include "sim/sanitizer.hpp"

namespace simcheck::sim {
namespace {

// All arenas lie in one reserved region, so that `delete` knows their memory by its address.
constexpr std::size_t kArenasMax = 256;
constexpr std::size_t kRegionBytes = kArenasMax * Arena::kBytesMax;

struct Region {
  std::byte* base = nullptr;
  std::mutex mutex;
  std::vector<std::byte*> free;
  std::size_t handed_out = 0;
};

Region& region() {
  static Region* const instance = new Region;  // outlives static destruction on purpose
  return *instance;
}

// Read by every `delete`; set once, before the first arena exists.
std::byte* region_begin = nullptr;

std::byte* take_slot() {
  const ArenaScope heap(nullptr);
  Region& r = region();
  const std::scoped_lock lock(r.mutex);
  if (r.base == nullptr) {
    // Address space only: a slot is made usable when it is handed out.
    void* const memory = ::mmap(nullptr, kRegionBytes, PROT_NONE,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    r.base = static_cast<std::byte*>(memory);
    region_begin = r.base;
  }
  if (!r.free.empty()) {
    std::byte* const slot = r.free.back();
    r.free.pop_back();
    return slot;
  }
  SIMCHECK_ASSERT(r.handed_out < kArenasMax, "too many worlds at once");
  std::byte* const slot = r.base + Arena::kBytesMax * r.handed_out;
  if (::mprotect(slot, Arena::kBytesMax, PROT_READ | PROT_WRITE) != 0) throw std::bad_alloc();
  ++r.handed_out;
  return slot;
}

[[maybe_unused]] bool in_region(const void* memory) {
  return region_begin != nullptr &&
         reinterpret_cast<std::uintptr_t>(memory) - reinterpret_cast<std::uintptr_t>(region_begin) <
             kRegionBytes;
}

}  // namespace

Arena::Arena() : base_(take_slot()) {
  SIMCHECK_ASSERT(available(), "sanitizer builds have no arenas");
}

Arena::~Arena() {
  const ArenaScope heap(nullptr);
  ::madvise(base_, used_, MADV_DONTNEED);
  Region& r = region();
  const std::scoped_lock lock(r.mutex);
  r.free.push_back(base_);
}

bool Arena::available() { return SIMCHECK_ASAN == 0; }

void* Arena::allocate(std::size_t bytes, std::size_t alignment) {
  const std::size_t begin = (used_ + alignment - 1) & ~(alignment - 1);
  SIMCHECK_ASSERT(bytes <= kBytesMax && begin <= kBytesMax - bytes,
                  "one execution used all of its world's memory");
  used_ = begin + bytes;
  return base_ + begin;
}

void Arena::save() {
  const ArenaScope heap(nullptr);
  image_ = std::make_unique_for_overwrite<std::byte[]>(used_);
  std::memcpy(image_.get(), base_, used_);
  saved_used_ = used_;
}

void Arena::restore() {
  std::memcpy(base_, image_.get(), saved_used_);
  used_ = saved_used_;
}

}  // namespace simcheck::sim

#if !SIMCHECK_ASAN
// The replaced allocation functions ([replacement.functions] of the C++ standard); all other forms
// of new and delete call these.
namespace {

void* allocate(std::size_t bytes, std::size_t alignment) noexcept {
  if (bytes == 0) bytes = 1;
  if (auto* arena = simcheck::sim::ArenaScope::current()) return arena->allocate(bytes, alignment);
  if (alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__) return std::malloc(bytes);
  return std::aligned_alloc(alignment, (bytes + alignment - 1) & ~(alignment - 1));
}

void release(void* memory) noexcept {
  if (!simcheck::sim::in_region(memory)) std::free(memory);
}

}  // namespace

void* operator new(std::size_t bytes) {
  if (void* memory = allocate(bytes, __STDCPP_DEFAULT_NEW_ALIGNMENT__)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  if (void* memory = allocate(bytes, static_cast<std::size_t>(alignment))) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { release(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release(memory); }
#endif
