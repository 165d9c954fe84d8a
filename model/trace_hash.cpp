#include "model/trace_hash.hpp"

#include "sim/random.hpp"

namespace simcheck::model {
namespace {

// Both halves take in every word, each in a way of its own.
void mix(TraceHash& hash, std::uint64_t word) {
  hash.low = sim::SplitMix64(hash.low ^ word).next();
  hash.high = (hash.high ^ word) * 0xff51afd7ed558ccd;
  hash.high ^= hash.high >> 32;
  hash.high *= 0xc4ceb9fe1a85ec53;
  hash.high ^= hash.high >> 29;
}

}  // namespace

void TraceHasher::clear() {
  order_.clear();
  hash_ = {};
}

void TraceHasher::push(const Transition& transition) {
  order_.push(transition);
  const std::size_t i = order_.size() - 1;
  TraceHash event{.low = 0x243f6a8885a308d3, .high = 0x13198a2e03707344};  // digits of pi
  mix(event, std::uint64_t{sim::index_of(transition.fiber)} << 32 |
                 static_cast<std::uint32_t>(order_[i].number));
  mix(event, hash_of(footprints_.accesses(transition.footprint)));
  for (const HappensBefore::Count count : order_.clock(i)) {
    mix(event, static_cast<std::uint64_t>(count));
  }
  hash_.low += event.low;
  hash_.high += event.high;
}

}  // namespace simcheck::model
