// The rule of durability, as sets of requests: the model that a disk is compared with.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "sim/sim.hpp"
#include "tests/sim/filled.hpp"

namespace simcheck::test {

/// A flush, or a write of one sector.
struct SectorRequest {
  bool is_flush = false, fua = false;
  std::uint64_t sector = 0;
};

/// Of requests by number; a write fills its sector with its number + 1.
struct DurabilityRule {
  std::vector<int> effects;  ///< of writes, in order
  std::set<int> completed, durable;

  /// What the sector is filled with, or would be after a power cut.
  unsigned shown(const std::vector<SectorRequest>& all, std::uint64_t sector, bool durably) const {
    for (std::size_t i = effects.size(); i-- > 0;) {
      const int number = effects[i];
      if (all[static_cast<std::size_t>(number)].sector != sector) continue;
      if (!durably || durable.contains(number)) return static_cast<unsigned>(number) + 1;
    }
    return 0;
  }
};

/// From a fiber: the rule is told once the disk is done.
inline void issue(sim::Disk& disk, DurabilityRule& rule, int number, const SectorRequest& request) {
  if (request.is_flush) {
    const std::set<int> covered = rule.completed;
    disk.flush();
    rule.durable.insert(covered.begin(), covered.end());
    return;
  }
  disk.write(request.sector * 512, filled(static_cast<unsigned>(number) + 1, 512),
             {.fua = request.fua});
  rule.completed.insert(number);
  if (request.fua) rule.durable.insert(number);
}

}  // namespace simcheck::test
