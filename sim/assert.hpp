// SIMCHECK_ASSERT: programmer errors stop the program in every build type, with status 70
// ("a bug in simcheck", or in the code that calls its library).
#pragma once

namespace simcheck::sim {

/// Called once a failed assertion has been told, for what else there is to say; null: nothing.
/// Set it before there are other threads.
void tell_more_of_assertions(void (*tell)()) noexcept;

[[noreturn]] void assertion_failed(const char* condition, const char* message, const char* file,
                                   int line) noexcept;

}  // namespace simcheck::sim

#define SIMCHECK_ASSERT(condition, message) \
  (static_cast<bool>(condition)             \
       ? static_cast<void>(0)               \
       : ::simcheck::sim::assertion_failed(#condition, message, __FILE__, __LINE__))
