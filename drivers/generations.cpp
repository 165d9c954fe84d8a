#include "drivers/generations.hpp"

#include <array>

namespace simcheck::drivers {

std::span<const DriverInfo> all_drivers() {
  static constexpr std::array<DriverInfo, 6> kDrivers{{
      {"buggy", "before January 2024: re-reads the log position after a yield", make_buggy, true},
      {"fixed", "January 2024: reserves the whole entry before it yields", make_fixed, true},
      {"mutex-v1", "posted: a mutex around reservation and superblock", make_mutex_v1, true},
      {"mutex-v2", "posted: one superblock update at a time; deadlocks", make_mutex_v2, true},
      {"serialized", "QEMU 9.0: superblock updates queue up as coroutines", make_serialized, true},
      {"crash-safe", "our own: keeps its log through errors and power cuts", make_crash_safe, true},
  }};
  return kDrivers;
}

std::span<const DriverInfo> qemu_drivers() { return all_drivers().first(5); }

}  // namespace simcheck::drivers
