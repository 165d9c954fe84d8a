// A device that passes requests through and tells the history of each what the device below it
// received. Put between a filter and the driver under test, so that properties judge the driver
// by the requests it got, not by those of the guest.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/block_device.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

class RequestTap final : public sim::BlockDevice {
 public:
  RequestTap(sim::World& world, sim::BlockDevice& below) : world_(world), below_(below) {}

  /// Where a fiber's requests are many, one after the other: the lane of its present one, by fiber.
  /// Must outlive the tap.
  void name_lanes(const std::vector<std::uint32_t>* lanes) { lanes_ = lanes; }

  sim::IoStatus do_read(std::uint64_t offset, std::span<std::byte> into) override {
    return below_.read(offset, into);
  }
  sim::IoStatus do_write(std::uint64_t offset, const sim::Payload& data,
                         sim::IoFlags flags) override;
  sim::IoStatus do_write_zeroes(std::uint64_t offset, std::uint64_t length,
                                sim::IoFlags flags) override;
  sim::IoStatus do_discard(std::uint64_t offset, std::uint64_t length) override;
  sim::IoStatus do_flush() override;
  std::uint64_t size() const override { return below_.size(); }

 private:
  template <class Call>
  sim::IoStatus tell(const sim::RequestInfo& request, const Call& call);

  sim::World& world_;
  sim::BlockDevice& below_;
  const std::vector<std::uint32_t>* lanes_ = nullptr;  // null: a fiber's lane is its number
};

}  // namespace simcheck::model
