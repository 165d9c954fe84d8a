// A bound on the schedules that are explored, as the user asked for it.
#pragma once

#include <cstdint>
#include <string>

namespace simcheck::model {

struct ScheduleBound {
  enum class Of : std::uint8_t { kNothing, kPreemptions, kDelays };

  Of of = Of::kNothing;
  std::uint32_t limit = 0;
};

inline bool is_unbounded(const ScheduleBound& bound) {
  return bound.of == ScheduleBound::Of::kNothing;
}

/// "preemptions 2"
inline std::string to_string(const ScheduleBound& bound) {
  const std::string name = bound.of == ScheduleBound::Of::kDelays ? "delays " : "preemptions ";
  return name + std::to_string(bound.limit);
}

}  // namespace simcheck::model
