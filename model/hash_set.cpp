#include "model/hash_set.hpp"

#include <algorithm>
#include <bit>
#include <iterator>
#include <utility>

#include "model/archive.hpp"

namespace simcheck::model {
namespace {

bool is_free(const sim::Hash128& slot) { return slot == sim::Hash128{}; }

// What stands for the hash in a slot: another where a free slot looks like it.
sim::Hash128 occupying(sim::Hash128 hash) {
  if (is_free(hash)) hash.low = 1;
  return hash;
}

}  // namespace

HashSet::Insertion HashSet::insert(sim::Hash128 hash) {
  hash = occupying(hash);
  const std::size_t slot = slot_of(hash);
  if (!is_free(slots_[slot])) return Insertion::kKnown;
  if (size_ == size_max_) return Insertion::kFull;
  slots_[slot] = hash;
  if (++size_ * 2 > slots_.size()) grow();
  return Insertion::kNew;
}

bool HashSet::contains(sim::Hash128 hash) const {
  return !is_free(slots_[slot_of(occupying(hash))]);
}

// Where it is, or where it belongs.
std::size_t HashSet::slot_of(const sim::Hash128& hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash.low & mask;
  while (!is_free(slots_[slot]) && slots_[slot] != hash) slot = (slot + 1) & mask;
  return slot;
}

std::size_t HashSet::growth(std::size_t more) const {
  const std::size_t slots = std::bit_ceil(std::min(size_ + more, size_max_) * 2 + 1);
  return slots > slots_.size() ? slots * sizeof(sim::Hash128) : 0;
}

// Without the free slots, which are half of them or more.
void HashSet::save_or_load(Archive& archive) {
  std::vector<sim::Hash128> hashes;
  std::ranges::copy_if(slots_, std::back_inserter(hashes),
                       [](const sim::Hash128& slot) { return !is_free(slot); });
  archive(hashes);
  if (!archive.loads()) return;
  *this = HashSet(size_max_);
  for (const sim::Hash128& hash : hashes) insert(hash);
}

void HashSet::grow() {
  const std::vector<sim::Hash128> old =
      std::exchange(slots_, std::vector<sim::Hash128>(slots_.size() * 2));
  for (const sim::Hash128& hash : old) {
    if (!is_free(hash)) slots_[slot_of(hash)] = hash;
  }
}

}  // namespace simcheck::model
