// What World does only for stateful search: states as 128 bits (state_hasher.hpp).
#include "sim/assert.hpp"
#include "sim/world.hpp"

namespace simcheck::sim {

void World::hash_states() {
  SIMCHECK_ASSERT(fibers_.empty(), "states are hashed from the start");
  states_ = std::make_unique<StateHasher>();
  set_onlooker(kStates, true);
  plain_ = false;
}

Hash128 World::state_hash() const {
  SIMCHECK_ASSERT(states_ != nullptr, "hash_states() comes first");
  Hash128 hash = states_->hash();
  mix(hash, steps_);
  for (const FiberSet fibers :
       {ready_, in_flight_, stopped_, ordered_back_, unfinished_, locked_out_, in_section_}) {
    mix(hash, fibers);
  }
  for (const auto& owned : fibers_) {
    const FiberState& state = *owned;
    std::uint64_t flags = 0;
    for (const bool flag : {state.waiting, state.woken_early, state.has_enabler, state.started}) {
      flags = flags << 1 | (flag ? 1 : 0);
    }
    mix(hash, flags);
  }
  if (!preemptive_) return hash;
  std::vector<const RaceDetector::Clock*> carriers(states_->carriers().begin(),
                                                   states_->carriers().end());
  for (const RaceDetector::Clock& clock : woken_with_) carriers.push_back(&clock);
  race_detector_.add_state(hash, carriers);
  return hash;
}

}  // namespace simcheck::sim
