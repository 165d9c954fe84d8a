// The filter behind QEMU's option detect-zeroes: a write of nothing but zeroes becomes a
// write-zeroes. It is what lets ordinary guest writes run into the race of buggy.cpp.
#pragma once

#include <cstdint>

#include "sim/sim.hpp"

namespace simcheck::drivers {

enum class DetectZeroesMode : std::uint8_t {
  kOff,
  kOn,
  kUnmap,  ///< as kOn, and the device below may deallocate the range
};

/// Passes everything on to `below`, which must outlive it. Has no state of its own.
class DetectZeroes final : public sim::BlockDevice {
 public:
  DetectZeroes(sim::BlockDevice& below, DetectZeroesMode mode) : below_(below), mode_(mode) {}

  sim::IoStatus do_read(std::uint64_t offset, std::span<std::byte> into) override;
  sim::IoStatus do_write(std::uint64_t offset, const sim::Payload& data,
                         sim::IoFlags flags) override;
  sim::IoStatus do_write_zeroes(std::uint64_t offset, std::uint64_t length,
                                sim::IoFlags flags) override;
  sim::IoStatus do_discard(std::uint64_t offset, std::uint64_t length) override;
  sim::IoStatus do_flush() override;
  std::uint64_t size() const override { return below_.size(); }

 private:
  sim::BlockDevice& below_;
  const DetectZeroesMode mode_;
};

}  // namespace simcheck::drivers
