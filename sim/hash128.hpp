// 128-bit hashes, the same in every run and on every machine: to recognise traces and states
// without keeping them. Not for secrets, nor against anyone who wants collisions.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "sim/random.hpp"

namespace simcheck::sim {

/// Two words that do not know of each other. Sums of hashes do not depend on their order.
struct Hash128 {
  std::uint64_t low = 0, high = 0;

  constexpr Hash128& operator+=(const Hash128& other) {
    low += other.low;
    high += other.high;
    return *this;
  }
  constexpr Hash128& operator-=(const Hash128& other) {
    low -= other.low;
    high -= other.high;
    return *this;
  }
  friend constexpr bool operator==(const Hash128&, const Hash128&) = default;
  friend constexpr auto operator<=>(const Hash128&, const Hash128&) = default;
};

/// Where a hash of a sequence begins: digits of pi.
inline constexpr Hash128 kHashSeed{.low = 0x243f6a8885a308d3, .high = 0x13198a2e03707344};

/// Takes one more word in; both halves do, each in a way of its own.
constexpr void mix(Hash128& hash, std::uint64_t word) {
  hash.low = SplitMix64(hash.low ^ word).next();
  hash.high = (hash.high ^ word) * 0xff51afd7ed558ccd;
  hash.high ^= hash.high >> 32;
  hash.high *= 0xc4ceb9fe1a85ec53;
  hash.high ^= hash.high >> 29;
}

constexpr void mix(Hash128& hash, const Hash128& other) {
  mix(hash, other.low);
  mix(hash, other.high);
}

/// Takes in bytes, and how many they are.
inline void mix(Hash128& hash, std::span<const std::byte> bytes) {
  mix(hash, bytes.size());
  for (; !bytes.empty(); bytes = bytes.subspan(bytes.size() < 8 ? bytes.size() : 8)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), bytes.size() < 8 ? bytes.size() : 8);
    mix(hash, word);
  }
}

}  // namespace simcheck::sim
