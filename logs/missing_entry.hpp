// What to say where an entry is asked for that the superblock does not count. It may be there all
// the same: superblocks lag behind, and blank headers push entries out of the count.
#pragma once

#include <cstdint>
#include <string>

#include "logs/format.hpp"
#include "logs/image.hpp"

namespace simcheck::logs {

// How many entries begin exactly where the next counted one would: what salvage takes up. None
// where the log cannot be followed to there, or was closed.
std::uint64_t entries_behind(const ByteSource& source, const Superblock& super);

// "; 7 entries parse behind the count, `simcheck log salvage` takes them up", or nothing.
std::string behind_in_words(const ByteSource& source, const Superblock& super);

// "there is no entry 9, the log has 0 to 8", and what lies behind.
Error no_entry(const ByteSource& source, const Superblock& super, std::uint64_t entry);

}  // namespace simcheck::logs
