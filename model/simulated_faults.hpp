// Faults of a simulation: drawn from its seed, where a check goes through all plans of them.
//
// A budget of N is that of each segment, which is judged as a run of its own. Each of the N picks
// one of the segment's requests and waits until that has begun; then it lets up to kSkippedMax disk
// requests pass that it could hit, and hits the next. If the segment ends before, it hits nothing.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "model/fault_options.hpp"
#include "sim/faults.hpp"
#include "sim/ids.hpp"
#include "sim/random.hpp"

namespace simcheck::model {

/// A fault that hit a disk request.
struct StruckFault {
  sim::FaultKind kind{};
  sim::DeviceRole device{};
  sim::IoKind io{};
  sim::RequestId request = sim::kNoRequest;  ///< of the driver, for which it was made
  std::uint32_t step = 0;                    ///< of its submission
};

class SimulatedFaults {
 public:
  SimulatedFaults(FaultOptions options, std::uint64_t seed);

  /// Draws the faults of a segment of so many requests.
  void begin_segment(std::uint64_t requests);

  /// What hits this disk request, while `begun` requests of the segment have begun. `who` has its
  /// request and step.
  sim::FaultKind draw(const sim::FaultTarget& target, sim::FaultKindSet possible,
                      std::uint64_t begun, const StruckFault& who);

  const std::vector<StruckFault>& struck() const { return struck_; }  ///< in this segment
  /// In the whole run, by sim::FaultKind.
  const std::array<std::uint64_t, sim::kFaultKinds>& counts() const { return counts_; }

 private:
  static constexpr std::uint64_t kSkippedMax = 7;

  struct Planned {
    sim::FaultKind kind{};
    const FaultBudget* budget = nullptr;
    std::uint64_t after = 0;  // requests of the segment have begun
    std::uint64_t skips = 0;  // disk requests that it could hit
  };

  sim::FaultKind draw_kind(const FaultBudget& budget);

  FaultOptions options_;
  sim::Random random_;
  std::vector<Planned> planned_;
  std::vector<StruckFault> struck_;
  std::array<std::uint64_t, sim::kFaultKinds> counts_{};
};

}  // namespace simcheck::model
