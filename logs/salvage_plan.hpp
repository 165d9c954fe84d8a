// Which stretches of a damaged log make up the new one; a step of salvage.hpp.
#pragma once

#include <optional>
#include <vector>

#include "logs/salvage.hpp"

namespace simcheck::logs {

// Whole entries of the old log, to be copied as they are.
struct Stretch {
  std::uint64_t sector = 0;
  std::uint64_t sectors = 0;
  std::uint64_t entries = 0;
  std::optional<EntryHeader> header{};  // in place of the first one, which is damaged
  std::uint64_t zero_sectors = 0;       // behind it: zeroes that lie elsewhere in the old log
};

struct SalvagePlan {
  Superblock super;
  std::vector<Stretch> stretches;
  std::vector<Change> changes;
  bool is_first_step = false;  // the new log, which is read in another way, is to be planned anew
};

Result<SalvagePlan> plan_salvage(const ByteSource& source, const SalvageOptions& options);

}  // namespace simcheck::logs
