// Ranges of the data device, and what is left of one when others are taken out.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace simcheck::properties {

/// Bytes [begin, end) of the data device.
struct Extent {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t log_sector = 0;  ///< of the log entry that replays them; 0 for none

  bool empty() const { return begin >= end; }
};

inline Extent shared(const Extent& a, const Extent& b) {
  return {std::max(a.begin, b.begin), std::min(a.end, b.end)};
}

inline bool covers(const Extent& whole, const Extent& part) {
  return whole.begin <= part.begin && part.end <= whole.end;
}

inline bool overlaps_any(const Extent& whole, std::span<const Extent> holes) {
  bool any = false;  // no early exit: a few comparisons cost less than one mispredicted branch
  for (const Extent& hole : holes) any |= (whole.begin < hole.end) & (hole.begin < whole.end);
  return any;
}

/// True if check(piece) is true for every part of `whole` that lies in none of `holes`; stops at
/// the first where it is not. `whole` must not be empty.
template <typename Check>
bool all_pieces(Extent whole, std::span<const Extent> holes, const Check& check) {
  for (std::size_t i = 0; i < holes.size(); ++i) {
    const Extent& hole = holes[i];
    if (shared(whole, hole).empty()) continue;
    const Extent before{whole.begin, hole.begin, whole.log_sector};
    if (!before.empty() && !all_pieces(before, holes.subspan(i + 1), check)) return false;
    whole.begin = hole.end;
    if (whole.empty()) return true;
  }
  return check(whole);
}

/// The first byte of `piece` for which check() of a range that ends with it is false. Requires
/// check(piece) to be false.
template <typename Check>
Extent first_wrong_byte(Extent piece, const Check& check) {
  while (piece.end - piece.begin > 1) {
    Extent half = piece;
    half.end -= (piece.end - piece.begin) / 2;
    if (check(half)) {
      piece.begin = half.end;
    } else {
      piece.end = half.end;
    }
  }
  return piece;
}

}  // namespace simcheck::properties
