// AddressSanitizer must be told when the stack changes; in other builds these functions are empty.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define SIMCHECK_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SIMCHECK_ASAN 1
#endif
#endif
#ifndef SIMCHECK_ASAN
#define SIMCHECK_ASAN 0
#endif

#if SIMCHECK_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace simcheck::sim::sanitizer {

#if SIMCHECK_ASAN
/// What has to be known of a stack to leave it and to come back: where it lies, and the part of it
/// that the sanitizer keeps elsewhere.
struct StackNotes {
  const void* bottom = nullptr;
  std::size_t size = 0;
  void* kept = nullptr;
};
#else
struct StackNotes {};
#endif

inline StackNotes notes_of([[maybe_unused]] const void* bottom, [[maybe_unused]] std::size_t size) {
#if SIMCHECK_ASAN
  return {.bottom = bottom, .size = size};
#else
  return {};
#endif
}

/// Called on the stack that is left, just before.
inline void start_switch([[maybe_unused]] StackNotes& from, [[maybe_unused]] const StackNotes& to) {
#if SIMCHECK_ASAN
  __sanitizer_start_switch_fiber(&from.kept, to.bottom, to.size);
#endif
}

/// Called on the stack that was gone to; `from` is told where the other one lies.
inline void finish_switch([[maybe_unused]] const StackNotes& to,
                          [[maybe_unused]] StackNotes& from) {
#if SIMCHECK_ASAN
  __sanitizer_finish_switch_fiber(to.kept, &from.bottom, &from.size);
#endif
}

/// A stack is reused for something new: whatever was poisoned on it no longer is.
inline void forget_stack([[maybe_unused]] const void* bottom, [[maybe_unused]] std::size_t size) {
#if SIMCHECK_ASAN
  __asan_unpoison_memory_region(bottom, size);
#endif
}

}  // namespace simcheck::sim::sanitizer
