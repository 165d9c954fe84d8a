// What a fiber asks of a disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/block_device.hpp"
#include "sim/faults.hpp"

namespace simcheck::sim {

class Disk;

/// A request in flight. Lives on the stack of the fiber that waits for it.
struct DiskRequest {
  Disk* disk = nullptr;
  IoKind kind{};
  std::uint64_t offset = 0;  ///< bytes
  std::uint64_t length = 0;  ///< bytes
  IoFlags flags{};
  const Payload* data = nullptr;  ///< kWrite
  std::span<std::byte> into{};    ///< kRead
  IoStatus status = IoStatus::kOk;
  FaultKind fault = FaultKind::kNone;  ///< what hits it
  bool took_effect = false;
  std::uint32_t effect = 0;  ///< number of the effect on its disk, once it took place; of a flush:
                             ///< its number, if the disk is watched
  std::uint32_t submitted = 0;                  ///< the step
  std::uint32_t completions_at_submission = 0;  ///< kFlush: what it will make durable

  /// On the path where it took effect before, as that number, and left nothing but what is on
  /// tapes.
  void take_effect_again(std::uint32_t number) {
    took_effect = true;
    effect = number;
  }
};

}  // namespace simcheck::sim
