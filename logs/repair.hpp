// What a header said before one of its fields was damaged.
//
// Nothing in the format protects a header, but it says more than it must: its fields bound one
// another, its sector is zero behind them, and its entry ends where the next header lies. Where one
// field disagrees with all of that, the rest tell what it was. What was never written is another
// matter: its place is blank, or holds bytes of something else (holes.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "logs/walk.hpp"

namespace simcheck::logs {

inline constexpr std::string_view kFlagsField = "flags", kLengthField = "length";

struct Repair {
  // "flags", "length", "data_len", "position"; or two with "or its" between them, of which either
  // may be: where a write without data may have been a DISCARD, and where a DISCARD took place.
  std::string_view field;
  // The header as it was; nothing where the field could have been anything.
  std::optional<EntryHeader> header;
};

// What is damaged in `entry`, which is not followed by a header where it says, given that the next
// one lies at `next_sector`. Nothing where no single field explains it.
std::optional<Repair> find_repair(SectorReader& reader, const Entry& entry,
                                  std::uint64_t next_sector);

// "is" or "are", for what that field does.
std::string_view verb_of(const Repair& repair);

}  // namespace simcheck::logs
