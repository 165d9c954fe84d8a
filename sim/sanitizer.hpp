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

inline void start_switch([[maybe_unused]] void** fake_stack_save,
                         [[maybe_unused]] const void* bottom, [[maybe_unused]] std::size_t size) {
#if SIMCHECK_ASAN
  __sanitizer_start_switch_fiber(fake_stack_save, bottom, size);
#endif
}

inline void finish_switch([[maybe_unused]] void* fake_stack_save,
                          [[maybe_unused]] const void** bottom_old,
                          [[maybe_unused]] std::size_t* size_old) {
#if SIMCHECK_ASAN
  __sanitizer_finish_switch_fiber(fake_stack_save, bottom_old, size_old);
#endif
}

/// A stack is reused for something new: whatever was poisoned on it no longer is.
inline void forget_stack([[maybe_unused]] const void* bottom, [[maybe_unused]] std::size_t size) {
#if SIMCHECK_ASAN
  __asan_unpoison_memory_region(bottom, size);
#endif
}

}  // namespace simcheck::sim::sanitizer
