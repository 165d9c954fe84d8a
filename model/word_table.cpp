#include "model/word_table.hpp"

#include <bit>

namespace simcheck::model {

// The multiplications wait for nothing and overlap.
std::uint64_t WordTable::hash_of(std::span<const std::uint64_t> words) {
  std::uint64_t hash = words.size();
  for (const std::uint64_t word : words) {
    const std::uint64_t mixed = word * 0x9e3779b97f4a7c15;
    hash = std::rotl(hash, 21) ^ mixed ^ (mixed >> 32);
  }
  hash *= 0x94d049bb133111eb;
  return hash ^ (hash >> 32);
}

// Where it is, or would be put.
std::size_t WordTable::slot_of(std::span<const std::uint64_t> words, std::uint64_t hash) const {
  std::size_t slot = hash & (slots_.size() - 1);
  for (; slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const std::uint32_t id = slots_[slot] - 1;
    if (entries_[id].hash == hash && std::ranges::equal(sequence(id), words)) break;
  }
  return slot;
}

std::uint32_t WordTable::intern(std::span<const std::uint64_t> words) {
  const std::uint64_t hash = hash_of(words);
  std::size_t slot = slot_of(words, hash);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  entries_.push_back({hash, words_.size(), words.size()});
  words_.insert(words_.end(), words.begin(), words.end());
  slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  if (entries_.size() * 2 > slots_.size()) grow();
  return static_cast<std::uint32_t>(entries_.size() - 1);
}

void WordTable::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (std::uint32_t id = 0; id < entries_.size(); ++id) {
    std::size_t slot = entries_[id].hash & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = id + 1;
  }
}

}  // namespace simcheck::model
