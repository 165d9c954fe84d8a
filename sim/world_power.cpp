// The power of a World: a fiber without code, whose one transition ends the execution.
#include "sim/world.hpp"

namespace simcheck::sim {

// Its bit is that of something in flight: no thread or lock can keep it from happening.
FiberId World::add_power_cut(std::uint32_t sees) {
  const FiberId id = add_fiber({.name = "power"}).id;
  power_ = add_object("power");
  observe(power_, 0, sees);
  power_fiber_ = bit_of(id);
  in_flight_ |= power_fiber_;
  return id;
}

void World::cut_power() {
  touch(power_, AccessMode::kRead);
  power_was_cut_ = true;
  was_cut_short_ = ((enabled() | ordered_back()) & ~bit_of(running_)) != 0;
  in_flight_ = ready_ = 0;
  narrate_note("the power is cut");
}

}  // namespace simcheck::sim
