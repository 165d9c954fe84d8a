// A superblock of which the sector size is damaged: entries parse, but under another one.
#pragma once

#include <optional>

#include "logs/format.hpp"
#include "logs/no_superblock.hpp"

namespace simcheck::logs {

// The size under which entries parse from sector 1 on, where hardly any do under the superblock's.
// Nothing where it counts none, so that what lies behind is likelier an older log, or where magic
// or version are wrong as well.
std::optional<NoSuperblock> find_other_size(const ByteSource& source, const Superblock& super);

// More entries do, from sector 1 on.
bool parses_better(const ByteSource& source, std::uint32_t sector_size, std::uint32_t than);

}  // namespace simcheck::logs
