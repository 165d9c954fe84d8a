#include "model/hash_set.hpp"

#include <utility>

namespace simcheck::model {
namespace {

bool is_free(const sim::Hash128& slot) { return slot == sim::Hash128{}; }

}  // namespace

HashSet::Insertion HashSet::insert(sim::Hash128 hash) {
  if (is_free(hash)) hash.low = 1;  // a free slot looks like this
  const std::size_t slot = slot_of(hash);
  if (!is_free(slots_[slot])) return Insertion::kKnown;
  if (size_ == size_max_) return Insertion::kFull;
  slots_[slot] = hash;
  if (++size_ * 2 > slots_.size()) grow();
  return Insertion::kNew;
}

// Where it is, or where it belongs.
std::size_t HashSet::slot_of(const sim::Hash128& hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash.low & mask;
  while (!is_free(slots_[slot]) && slots_[slot] != hash) slot = (slot + 1) & mask;
  return slot;
}

void HashSet::grow() {
  const std::vector<sim::Hash128> old =
      std::exchange(slots_, std::vector<sim::Hash128>(slots_.size() * 2));
  for (const sim::Hash128& hash : old) {
    if (!is_free(hash)) slots_[slot_of(hash)] = hash;
  }
}

}  // namespace simcheck::model
