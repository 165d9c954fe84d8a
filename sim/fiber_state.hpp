// What a World knows of each of its fibers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "sim/fiber.hpp"
#include "sim/ids.hpp"
#include "sim/lock.hpp"

namespace simcheck::sim {

struct DiskRequest;
class Latch;
class World;

/// What is fixed before the first transition.
struct FiberPlan {
  std::string name;
  const Latch* starts_after = nullptr;  ///< null: at once
  ThreadId thread{};
  std::uint32_t symmetry_class = 0;
  /// The least and the greatest number of a transition of its own that an order() names.
  std::uint32_t first_ordered = UINT32_MAX, last_ordered = 0;
};

struct FiberState {
  std::function<void()> body;
  World* world = nullptr;
  Fiber fiber;
  Stack stack;
  FiberId id{};
  RequestId request = kNoRequest;
  DiskRequest* io = nullptr;        ///< in flight
  ObjectId waits_for{};             ///< while `waiting`
  ObjectId enabled_by{};            ///< read by the next section, if has_enabler
  const char* waits_for_kind = "";  ///< static storage
  Lock* wants = nullptr;            ///< for which it waits, or will try next
  std::uint32_t transitions = 0;    ///< of its own so far
  bool waiting = false;
  bool woken_early = false;  ///< before it came to wait
  bool has_enabler = false;
  bool started = false;
};

}  // namespace simcheck::sim
