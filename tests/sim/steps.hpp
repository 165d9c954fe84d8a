// Driving a World by hand: fibers are letters ('A' is the first that was spawned), a schedule is a
// word over them, a footprint is a list of words.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "sim/sim.hpp"

namespace simcheck::test {

using Strings = std::vector<std::string>;

inline sim::FiberId fiber_of(char letter) {
  return sim::FiberId{static_cast<std::uint32_t>(static_cast<unsigned char>(letter) - 'A')};
}

/// "AC": the first and the third fiber are in the set.
inline std::string letters(const sim::World& world, sim::FiberSet set) {
  std::string text;
  for (std::uint32_t f = 0; f < world.fiber_count(); ++f) {
    if ((set & sim::bit_of(sim::FiberId{f})) != 0) text += static_cast<char>('A' + f);
  }
  return text;
}

inline std::string enabled(const sim::World& world) { return letters(world, world.enabled()); }

/// Runs these transitions; each must be enabled.
inline void run(sim::World& world, std::string_view schedule) {
  for (const char letter : schedule) world.run(fiber_of(letter));
}

/// The first enabled fiber runs, until none is.
inline void finish(sim::World& world) {
  while (world.enabled() != 0) world.run(fiber_of(enabled(world).front()));
}

/// The last transition's: "r x", "a x" (add), "w disk 0..512", and of locks "take m", "give m",
/// "take+give m"; in order.
inline Strings footprint(const sim::World& world) {
  static constexpr const char* kModes[] = {"r", "a", "w", "take", "give", "take+give"};
  Strings words;
  for (const sim::Access& access : world.footprint()) {
    std::string word = fmt::format("{} {}", kModes[static_cast<int>(access.mode)],
                                   world.object_name(access.object));
    if (access.end != UINT64_MAX) word += fmt::format(" {}..{}", access.begin, access.end);
    words.push_back(word);
  }
  return words;
}

/// Runs the schedule; the footprint of its last transition.
inline Strings footprint_after(sim::World& world, std::string_view schedule) {
  run(world, schedule);
  return footprint(world);
}

/// What a fiber that is stuck waits for; "nothing" if it is not.
inline std::string waits_for(const sim::World& world, std::string_view fiber) {
  for (const sim::StuckFiber& stuck : world.stuck_fibers()) {
    if (stuck.fiber == fiber) return stuck.waits_for;
  }
  return "nothing";
}

}  // namespace simcheck::test
