#include "model/trace_hash.hpp"

namespace simcheck::model {

void TraceHasher::clear() {
  order_.clear();
  hash_ = {};
}

void TraceHasher::push(const Transition& transition) {
  order_.push(transition);
  const std::size_t i = order_.size() - 1;
  TraceHash event = sim::kHashSeed;
  sim::mix(event, std::uint64_t{sim::index_of(transition.fiber)} << 32 |
                      static_cast<std::uint32_t>(order_[i].number));
  sim::mix(event, hash_of(footprints_.accesses(transition.footprint)));
  for (const HappensBefore::Count count : order_.clock(i)) {
    sim::mix(event, static_cast<std::uint64_t>(count));
  }
  hash_ += event;
}

}  // namespace simcheck::model
