// A device on which the n-th request fails, and everything else goes to the device below.

#pragma once

#include "sim/sim.hpp"

namespace simcheck::test {

class FailingDevice final : public sim::BlockDevice {
 public:
  /// The n-th request from 1 on fails; 0: none.
  FailingDevice(sim::BlockDevice& below, int n) : below_(below), left_(n) {}

  sim::IoStatus do_read(std::uint64_t offset, std::span<std::byte> into) override {
    return fails() ? sim::IoStatus::kIoError : below_.read(offset, into);
  }
  sim::IoStatus do_write(std::uint64_t offset, const sim::Payload& data,
                         sim::IoFlags flags) override {
    return fails() ? sim::IoStatus::kIoError : below_.write(offset, data, flags);
  }
  sim::IoStatus do_write_zeroes(std::uint64_t offset, std::uint64_t length,
                                sim::IoFlags flags) override {
    return fails() ? sim::IoStatus::kIoError : below_.write_zeroes(offset, length, flags);
  }
  sim::IoStatus do_discard(std::uint64_t offset, std::uint64_t length) override {
    return fails() ? sim::IoStatus::kIoError : below_.discard(offset, length);
  }
  sim::IoStatus do_flush() override { return fails() ? sim::IoStatus::kIoError : below_.flush(); }
  std::uint64_t size() const override { return below_.size(); }

 private:
  bool fails() { return left_ > 0 && --left_ == 0; }

  sim::BlockDevice& below_;
  int left_;
};

}  // namespace simcheck::test
