#include "sim/faults.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace simcheck::sim {

std::string_view to_string(FaultKind kind) {
  switch (kind) {
    case FaultKind::kNone:
      return "";
    case FaultKind::kEio:
      return "eio";
    case FaultKind::kTornEarly:
      return "torn-early";
    case FaultKind::kTornLate:
      return "torn-late";
    case FaultKind::kMisdirected:
      return "misdirected";
    case FaultKind::kLatent:
      return "latent";
    case FaultKind::kLostFlush:
      return "lost-flush";
  }
  return "";
}

FaultKindSet faults_possible(const FaultTarget& target) {
  if (!target.lies_on_disk) return 0;
  FaultKindSet kinds = bit_of(FaultKind::kEio);
  if (target.kind == IoKind::kFlush) kinds |= bit_of(FaultKind::kLostFlush);
  const bool writes = target.kind == IoKind::kWrite || target.kind == IoKind::kZeroes;
  if (!writes || target.length == 0) return kinds;
  kinds |= bit_of(FaultKind::kLatent);
  if (target.bytes_behind >= kDiskSectorBytes) kinds |= bit_of(FaultKind::kMisdirected);
  if (target.length > kDiskSectorBytes) kinds |= bit_of(FaultKind::kTornEarly);
  if (target.length > 2 * kDiskSectorBytes) kinds |= bit_of(FaultKind::kTornLate);
  return kinds;
}

FaultKindSet FaultScope::kinds_at(DeviceRole device, IoKind io) const {
  FaultKindSet kinds = 0;
  for (std::size_t i = 0; i < kFaultKinds; ++i) {
    if (has(static_cast<FaultKind>(i), device, io)) kinds |= bit_of(static_cast<FaultKind>(i));
  }
  return kinds;
}

FaultKind FaultInjector::next(FiberId fiber, const FaultTarget& target) {
  const FaultKindSet possible = faults_possible(target);
  if (draw_) return draw_(target, possible);
  SIMCHECK_ASSERT(index_of(fiber) < seen_.size(),
                  "a plan of faults is for the fibers that were spawned before it");
  std::vector<FaultKindSet>& seen = seen_[index_of(fiber)];
  // Growing leaves memory behind in the arena, which checkpoints copy.
  if (seen.capacity() == 0) seen.reserve(8);
  seen.push_back(possible & scope_.kinds_at(target.device, target.kind));
  const auto fault = std::ranges::find_if(plan_, [&](const Fault& planned) {
    return planned.fiber == fiber && planned.io == seen.size();
  });
  if (fault == plan_.end() || (possible & bit_of(fault->kind)) == 0) return FaultKind::kNone;
  ++fired_;
  return fault->kind;
}

}  // namespace simcheck::sim
