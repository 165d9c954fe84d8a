#include "model/fault_options.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace simcheck::model {

using sim::DeviceRole;
using sim::FaultKind;
using sim::IoKind;

std::span<const FaultInfo> all_faults() {
  static constexpr std::array<FaultInfo, 5> kFaults{{
      {"eio", "a request fails with EIO, nothing of it took effect", {FaultKind::kEio}},
      {"torn",
       "a write fails with EIO after only a part took effect",
       {FaultKind::kTornEarly, FaultKind::kTornLate}},
      {"misdirected",
       "a write lands one sector further, without an error",
       {FaultKind::kMisdirected}},
      {"latent",
       "a write's first sector reads back inverted, without an error",
       {FaultKind::kLatent}},
      {"lost-flush", "a flush is acknowledged and not done", {FaultKind::kLostFlush}},
  }};
  return kFaults;
}

std::uint32_t FaultOptions::faults_max() const {
  std::uint32_t sum = 0;
  for (const FaultBudget& budget : budgets) sum += budget.max;
  return sum;
}

std::string to_text(const FaultOptions& options) {
  std::vector<std::string> parts;
  for (const FaultBudget& budget : options.budgets) {
    std::string part(budget.what->name);
    if (budget.device) part += fmt::format(".{}", to_string(*budget.device));
    if (budget.io) part += fmt::format(".{}", sim::to_string(*budget.io));
    parts.push_back(fmt::format("{}={}", part, budget.max));
  }
  if (options.power_cut) parts.emplace_back("cut");
  if (options.log_sectors != 0) parts.push_back(fmt::format("enospc={}", options.log_sectors));
  return fmt::format("{}", fmt::join(parts, ","));
}

std::string_view to_string(DeviceRole device) {
  switch (device) {
    case DeviceRole::kData:
      return "data";
    case DeviceRole::kLog:
      return "log";
    case DeviceRole::kOther:
      break;
  }
  return "other";
}

sim::FaultScope scope_of(const FaultOptions& options) {
  sim::FaultScope scope;
  for (const FaultBudget& budget : options.budgets) {
    for (const FaultKind kind : budget.what->kinds) {
      if (kind == FaultKind::kNone) continue;
      for (const DeviceRole device : {DeviceRole::kData, DeviceRole::kLog, DeviceRole::kOther}) {
        if (budget.device.value_or(device) != device) continue;
        for (const IoKind io :
             {IoKind::kWrite, IoKind::kZeroes, IoKind::kDiscard, IoKind::kFlush, IoKind::kRead}) {
          if (budget.io.value_or(io) == io) scope.add(kind, device, io);
        }
      }
    }
  }
  return scope;
}

bool within_budgets(const sim::FaultPlan& plan, const FaultOptions& options) {
  std::size_t covered = 0;
  for (const FaultBudget& budget : options.budgets) {
    const auto used = static_cast<std::size_t>(std::ranges::count_if(
        plan, [&](const sim::Fault& fault) { return budget.covers(fault.kind); }));
    if (used > budget.max) return false;
    covered += used;
  }
  return covered == plan.size();
}

}  // namespace simcheck::model
