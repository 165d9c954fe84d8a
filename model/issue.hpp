// One request of a guest, as the device under test gets it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "model/workload.hpp"
#include "sim/block_device.hpp"
#include "sim/event_history.hpp"

namespace simcheck::model {

/// What histories say of a request. A write without a pattern repeats a byte of its own, which is
/// not zero.
sim::RequestInfo describe(const Request& request, std::size_t stage, std::size_t lane);

/// How the device answered.
struct Answer {
  sim::IoStatus status = sim::IoStatus::kOk;
  std::uint64_t read_checksum = 0;  ///< checksum_of() what was read, if a read succeeded
};

/// Issues it from the running fiber, and returns when it has completed.
Answer issue(sim::BlockDevice& device, const sim::RequestInfo& request);

}  // namespace simcheck::model
