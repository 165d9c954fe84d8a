// Which entries of a log are wanted.
#pragma once

#include <cstdint>
#include <optional>

#include "logs/walk.hpp"

namespace simcheck::logs {

// Both ends belong to it.
struct Range {
  std::uint64_t first = 0;
  std::uint64_t last = UINT64_MAX;
};

struct EntryFilter {
  Range entries;                 // by index
  std::optional<Range> sectors;  // of the data device; an entry is wanted that covers one of them
  std::uint64_t any_flag = 0;    // of these; 0 with `no_flag` unset: whatever the flags
  bool no_flag = false;          // entries without flags too

  bool wants(const Entry& entry) const;
  // The part of a row of blank headers that is wanted; `count` 0 for none.
  struct Part {
    std::uint64_t skipped = 0;
    std::uint64_t count = 0;
  };
  Part wants_blanks(const Entry& first, std::uint64_t count) const;
};

}  // namespace simcheck::logs
