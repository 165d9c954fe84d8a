// Which faults a check looks for: budgets by kind, as a user gives them, and the size of the log.
//
// A budget of N covers every plan of up to N such faults. It is never shared state of an execution:
// plans are enumerated outside of the schedule (fault_check.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/faults.hpp"

namespace simcheck::model {

/// All budgets together. One fault more multiplies the plans by some dozens.
inline constexpr std::uint32_t kFaultsMax = 4;

/// What a budget is for: "torn" stands for both ways of tearing that are tried.
struct FaultInfo {
  std::string_view name;
  std::string_view summary;  ///< one line, at most 60 characters
  std::array<sim::FaultKind, 2> kinds;
};

/// Every kind that has a budget.
std::span<const FaultInfo> all_faults();

struct FaultBudget {
  const FaultInfo* what = nullptr;
  std::optional<sim::DeviceRole> device{};  ///< on this device only
  std::optional<sim::IoKind> io{};          ///< in requests of this kind only
  std::uint32_t max = 1;

  bool covers(sim::FaultKind kind) const {
    return kind == what->kinds[0] || kind == what->kinds[1];
  }
};

struct FaultOptions {
  std::vector<FaultBudget> budgets;  ///< each kind at most once
  std::uint64_t log_sectors = 0;     ///< that the log device has; 0: more than are needed
  bool power_cut = false;            ///< at any step

  bool has_plans() const { return !budgets.empty(); }
  bool any() const { return has_plans() || log_sectors != 0; }
  std::uint32_t faults_max() const;  ///< of one plan
};

/// "eio.log.write=1,enospc=40", as on the command line.
std::string to_text(const FaultOptions& options);

/// "data", "log".
std::string_view to_string(sim::DeviceRole device);

/// The requests in which plans are looked for.
sim::FaultScope scope_of(const FaultOptions& options);

/// Has the plan at most as many faults of each kind as there are in its budget?
bool within_budgets(const sim::FaultPlan& plan, const FaultOptions& options);

}  // namespace simcheck::model
