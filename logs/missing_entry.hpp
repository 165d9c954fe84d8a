// What to say where an entry is asked for that the superblock does not count. It may be there all
// the same: superblocks lag behind, and blank headers push entries out of the count.
#pragma once

#include <cstdint>
#include <string>

#include "logs/format.hpp"
#include "logs/image.hpp"

namespace simcheck::logs {

struct Behind {
  std::uint64_t entries = 0;
  std::uint64_t zero_sectors = 0;  // before them; none: salvage takes them up
};

// What parses behind the counted entries and begins where the next one would, or behind zeroes.
// Nothing where the log cannot be followed to there, or was closed.
Behind look_behind(const ByteSource& source, const Superblock& super);

// "`simcheck log salvage` takes them up", or who else knows more.
std::string advice(const Behind& behind);

// "; 7 entries parse behind the count, `simcheck log salvage` takes them up", or nothing.
std::string behind_in_words(const ByteSource& source, const Superblock& super);

// "there is no entry 9, the log has 0 to 8", and what lies behind.
Error no_entry(const ByteSource& source, const Superblock& super, std::uint64_t entry);

}  // namespace simcheck::logs
