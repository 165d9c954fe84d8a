// QEMU's detect-zeroes as a filter on top of a driver.

#include <doctest/doctest.h>

#include "drivers/detect_zeroes.hpp"
#include "tests/drivers/rig.hpp"

namespace simcheck::test {

using drivers::DetectZeroesMode;
using Strings = std::vector<std::string>;

namespace {

Rig::Options with_mode(DetectZeroesMode mode) {
  return {.stack = [mode](sim::World& world, sim::BlockDevice& driver, sim::Disk&,
                          sim::Disk&) -> sim::BlockDevice& {
    return world.make<drivers::DetectZeroes>(driver, mode);
  }};
}

}  // namespace

TEST_CASE("detect-zeroes off: a write of zeroes is logged in one piece") {
  Rig rig("buggy", with_mode(DetectZeroesMode::kOff));
  rig.write(0, 512, 0);
  CHECK(rig.footprints("AAAA").back() == "w log 1+2");
}

TEST_CASE("detect-zeroes on, unmap: a write of zeroes becomes a write-zeroes") {
  for (const DetectZeroesMode mode : {DetectZeroesMode::kOn, DetectZeroesMode::kUnmap}) {
    Rig rig("buggy", with_mode(mode));
    rig.write(0, 1024, 0).write(4096, 512, 1);
    rig.run("AAABBBBB");  // so the seed's way of hitting the race works
    rig.finish('A');
    CHECK(rig.placements() ==
          Strings{"A entry 1+2 flags 0", "B entry 2+1 flags 0", "B data 3+1", "A data 4+2"});
  }
}

TEST_CASE("detect-zeroes: bytes in memory are looked at, all of them") {
  Rig rig("fixed", with_mode(DetectZeroesMode::kOn));
  static const std::array<std::byte, 512> zeroes{};
  std::array<std::byte, 512> nearly{};
  nearly.back() = std::byte{1};
  rig.request([](sim::BlockDevice& device) { return device.write(0, sim::Payload::of(zeroes)); });
  rig.request([&](sim::BlockDevice& device) { return device.write(0, sim::Payload::of(nearly)); });
  CHECK(rig.footprints("AAAA").back() == "w log 1+1");
  CHECK(rig.footprints("BBBB").back() == "w log 3+2");
}

TEST_CASE("detect-zeroes: everything else passes through") {
  Rig rig("fixed", with_mode(DetectZeroesMode::kOn));
  std::array<std::byte, 512> bytes{};
  rig.write(0, 512, 4).zeroes(512, 512).discard(1024, 512).flush();
  rig.request([&](sim::BlockDevice& device) { return device.read(0, bytes); });
  rig.finish_all();
  CHECK(rig.placements().size() == 6);
  CHECK(bytes.front() == std::byte{4});
}

TEST_CASE("detect-zeroes: only unmap lets the device below deallocate") {
  struct Probe final : sim::BlockDevice {
    sim::IoFlags seen;
    sim::IoStatus do_read(std::uint64_t, std::span<std::byte>) override { return {}; }
    sim::IoStatus do_write(std::uint64_t, const sim::Payload&, sim::IoFlags) override { return {}; }
    sim::IoStatus do_write_zeroes(std::uint64_t, std::uint64_t, sim::IoFlags flags) override {
      seen = flags;
      return {};
    }
    sim::IoStatus do_discard(std::uint64_t, std::uint64_t) override { return {}; }
    sim::IoStatus do_flush() override { return {}; }
    std::uint64_t size() const override { return 4096; }
  } probe;
  drivers::DetectZeroes on(probe, DetectZeroesMode::kOn);
  drivers::DetectZeroes unmap(probe, DetectZeroesMode::kUnmap);
  on.write(0, sim::Payload::filled(std::byte{0}, 512), {.fua = true});
  CHECK(probe.seen.fua);
  CHECK_FALSE(probe.seen.may_unmap);
  unmap.write(0, sim::Payload::filled(std::byte{0}, 512), {});
  CHECK(probe.seen.may_unmap);
}

}  // namespace simcheck::test
