// Sequences of 64-bit words, each kept once and known by a small number: equal sequences have equal
// numbers, so that to compare two is to compare these.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace simcheck::model {

class WordTable {
 public:
  WordTable() : slots_(256) {}

  /// The number of this sequence, from 0 on, new ones in the order in which they come.
  std::uint32_t intern(std::span<const std::uint64_t> words);
  /// Is that the one with this number?
  bool is(std::uint32_t id, std::span<const std::uint64_t> words) const {
    return std::ranges::equal(sequence(id), words);
  }
  bool contains(std::span<const std::uint64_t> words) const {
    return slots_[slot_of(words, hash_of(words))] != 0;
  }

  std::size_t size() const { return entries_.size(); }
  /// The memory it takes, in bytes, about.
  std::size_t bytes() const {
    return words_.size() * 8 + entries_.size() * sizeof(Entry) + slots_.size() * 4;
  }

 private:
  struct Entry {
    std::uint64_t hash = 0;
    std::size_t begin = 0, size = 0;  // in words_
  };

  static std::uint64_t hash_of(std::span<const std::uint64_t> words);
  std::span<const std::uint64_t> sequence(std::uint32_t id) const {
    return {words_.data() + entries_[id].begin, entries_[id].size};
  }
  std::size_t slot_of(std::span<const std::uint64_t> words, std::uint64_t hash) const;
  void grow();

  std::vector<Entry> entries_;
  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> slots_;  // open addressing: number + 1, or 0
};

}  // namespace simcheck::model
