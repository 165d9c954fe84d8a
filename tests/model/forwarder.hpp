// What drivers of tests begin with.
#pragma once

#include <cstdint>
#include <span>

#include "sim/sim.hpp"

namespace simcheck::test {

// Hands every request on to the data device, except for what a test overrides.
struct Forwarder : sim::BlockDevice {
  Forwarder(sim::World& in, sim::BlockDevice& data_device, sim::BlockDevice& log_device)
      : world(in), data(data_device), log(log_device) {}

  sim::IoStatus do_read(std::uint64_t at, std::span<std::byte> to) override {
    return data.read(at, to);
  }
  sim::IoStatus do_write(std::uint64_t at, const sim::Payload& bytes, sim::IoFlags flags) override {
    return data.write(at, bytes, flags);
  }
  sim::IoStatus do_write_zeroes(std::uint64_t at, std::uint64_t bytes,
                                sim::IoFlags flags) override {
    return data.write_zeroes(at, bytes, flags);
  }
  sim::IoStatus do_discard(std::uint64_t at, std::uint64_t bytes) override {
    return data.discard(at, bytes);
  }
  sim::IoStatus do_flush() override { return data.flush(); }
  std::uint64_t size() const override { return data.size(); }

  sim::World& world;
  sim::BlockDevice &data, &log;
};

/// For CheckOptions::make_device.
template <class Driver>
sim::BlockDevice& make(sim::World& world, sim::BlockDevice& data, sim::BlockDevice& log) {
  return world.make<Driver>(world, data, log);
}

}  // namespace simcheck::test
