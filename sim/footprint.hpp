// What a transition read and wrote. Dependence is a function of two footprints and knows nothing of
// algorithms: two transitions commute unless their footprints conflict.
#pragma once

#include <cstdint>
#include <span>

#include "sim/ids.hpp"

namespace simcheck::sim {

/// How an object was used. Two uses of an object conflict unless both are kRead or both are kAdd:
/// adds commute with one another (counting down a latch, completing a write), not with a read.
/// kStore is a write that reads nothing, where the order of such writes among themselves is left
/// open until somebody looks (World::let_stores_commute). The last three are of locks: taking one
/// that is waited for until it is free, and giving it back.
enum class AccessMode : std::uint8_t {
  kRead,
  kAdd,
  kWrite,
  kAcquire,
  kRelease,
  kAcquireRelease,
  kStore
};

constexpr bool acquires(AccessMode mode) {
  return mode == AccessMode::kAcquire || mode == AccessMode::kAcquireRelease;
}
constexpr bool releases(AccessMode mode) {
  return mode == AccessMode::kRelease || mode == AccessMode::kAcquireRelease;
}
constexpr bool commutes_with_itself(AccessMode mode) {
  return mode == AccessMode::kRead || mode == AccessMode::kAdd || mode == AccessMode::kStore;
}

/// What a transition did that used an object in two ways, the one mode first.
constexpr AccessMode both(AccessMode first, AccessMode then) {
  const bool whole_section = acquires(first) && releases(then);
  return whole_section ? AccessMode::kAcquireRelease : AccessMode::kWrite;
}

/// Objects with this bit carry enabling, not data: "a woke b", "stage one let stage two start".
/// They order transitions, but are never a race, since the second could not have gone first.
inline constexpr std::uint32_t kEnablingBit = 0x80000000;

constexpr bool is_enabling(ObjectId object) { return (index_of(object) & kEnablingBit) != 0; }

/// One use of one object, or of the bytes [begin, end) of a disk. An object is used either always
/// as a whole or always by extents.
struct Access {
  ObjectId object{};
  AccessMode mode{};
  std::uint64_t begin = 0;
  std::uint64_t end = UINT64_MAX;

  friend bool operator==(const Access&, const Access&) = default;
};

constexpr bool is_whole(const Access& access) {
  return access.begin == 0 && access.end == UINT64_MAX;
}

/// Do they use the same object, or overlapping bytes of one disk?
constexpr bool touch_same(const Access& a, const Access& b) {
  return a.object == b.object && a.begin < b.end && b.begin < a.end;
}

constexpr bool conflict(const Access& a, const Access& b) {
  return (a.mode != b.mode || !commutes_with_itself(a.mode)) && touch_same(a, b);
}

}  // namespace simcheck::sim
