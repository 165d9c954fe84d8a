// Faults of a disk: what each does to content, status and durability, and which request it hits.

#include "sim/faults.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <functional>

#include "tests/sim/filled.hpp"
#include "tests/sim/steps.hpp"

namespace simcheck::test {
namespace {

using sim::DeviceRole;
using sim::Disk;
using sim::FaultKind;
using sim::IoKind;
using sim::IoStatus;
using sim::Payload;
using sim::World;

constexpr std::uint64_t kSector = sim::kDiskSectorBytes;

// A log disk on which fiber A runs `body` while one fault hits its n-th request.
struct Hit {
  Hit(FaultKind kind, std::uint32_t io, const std::function<void(Disk&)>& body,
      std::uint64_t disk_bytes = Disk::kDefaultBytes)
      : disk(world.make<Disk>(world, "log", disk_bytes)) {
    world.show_devices(nullptr, &disk, 512);
    world.spawn("A", [this, body] { body(disk); });
    world.inject({{sim::FiberId{0}, io, kind}}, {});
    finish(world);
  }

  bool is_filled(std::uint64_t sector, std::uint64_t sectors, unsigned fill) const {
    return sim::is_filled(disk, sector * kSector, sectors * kSector, static_cast<std::byte>(fill));
  }
  std::size_t failures() const {
    std::size_t count = 0;
    const sim::History history = world.history();
    for (const sim::Event& event : history.events) {
      if (event.kind == sim::EventKind::kIoFailed && event.device == DeviceRole::kLog) ++count;
    }
    return count;
  }

  World world;
  Disk& disk;
};

// Of one write of four sectors at sector 8.
Hit hit_write(FaultKind kind, IoStatus& status) {
  return Hit(kind, 1,
             [&](Disk& disk) { status = disk.write(8 * kSector, filled(7, 4 * kSector)); });
}

}  // namespace

TEST_CASE("eio: the request fails and nothing of it takes effect, whatever it is") {
  const std::function<IoStatus(Disk&)> requests[] = {
      [](Disk& disk) { return disk.write(0, filled(1, kSector)); },
      [](Disk& disk) { return disk.write_zeroes(0, kSector); },
      [](Disk& disk) { return disk.discard(0, kSector); }, [](Disk& disk) { return disk.flush(); },
      [](Disk& disk) {
        std::array<std::byte, 512> buffer{};
        const IoStatus status = disk.read(0, buffer);
        CHECK((buffer[0] == std::byte{0}) == (status != IoStatus::kOk));
        return status;
      }};
  for (const auto& request : requests) {
    IoStatus first{}, second{};
    const Hit hit(FaultKind::kEio, 2, [&](Disk& disk) {
      disk.write(0, filled(9, kSector));
      first = request(disk);
      second = request(disk);
    });
    CHECK(first == IoStatus::kIoError);
    CHECK(second == IoStatus::kOk);
    CHECK(hit.world.faults()->all_fired());
    CHECK(hit.failures() == 1);
  }
}

TEST_CASE("eio: a failed request leaves content, durability and the footprint alone") {
  World world;
  Disk disk(world, "disk");
  world.spawn("A", [&] {
    disk.write(0, filled(1, kSector));
    disk.write(0, filled(2, kSector));
    disk.flush();
  });
  world.inject({{sim::FiberId{0}, 2, FaultKind::kEio}, {sim::FiberId{0}, 3, FaultKind::kEio}}, {});
  run(world, "AAA");
  CHECK(footprint_after(world, "A").empty());
  finish(world);
  CHECK(sim::is_filled(disk, 0, kSector, std::byte{1}));
  CHECK(!disk.is_durable(0, kSector));
}

TEST_CASE("torn: the first sector alone, or all but the last") {
  IoStatus status{};
  const Hit early = hit_write(FaultKind::kTornEarly, status);
  CHECK(status == IoStatus::kIoError);
  CHECK(early.is_filled(8, 1, 7));
  CHECK(early.is_filled(9, 3, 0));
  const Hit late = hit_write(FaultKind::kTornLate, status);
  CHECK(status == IoStatus::kIoError);
  CHECK(late.is_filled(8, 3, 7));
  CHECK(late.is_filled(11, 1, 0));
}

TEST_CASE("torn: within a payload of several chunks, and with a last sector that is not whole") {
  const std::array<std::byte, 3> bytes{std::byte{1}, std::byte{2}, std::byte{3}};
  const Hit hit(FaultKind::kTornLate, 1, [&](Disk& disk) {
    Payload payload = Payload::of(bytes);
    payload.append_fill(std::byte{4}, 2 * kSector - 3).append_fill(std::byte{5}, 10);
    disk.write(0, payload);
  });
  CHECK(hit.disk.end_of_content() == 2 * kSector);
  CHECK(sim::is_filled(hit.disk, 3, 2 * kSector - 3, std::byte{4}));
}

TEST_CASE("misdirected: one sector further, and success") {
  IoStatus status{};
  const Hit hit = hit_write(FaultKind::kMisdirected, status);
  CHECK(status == IoStatus::kOk);
  CHECK(hit.is_filled(8, 1, 0));
  CHECK(hit.is_filled(9, 4, 7));
  CHECK(hit.failures() == 0);
}

TEST_CASE("latent: the first sector reads inverted until it is written again") {
  unsigned read = 0;
  IoStatus status{};
  const Hit hit(FaultKind::kLatent, 1, [&](Disk& disk) {
    disk.write(0, filled(7, 2 * kSector));
    std::array<std::byte, 1> buffer{};
    status = disk.read(0, buffer);
    read = std::to_integer<unsigned>(buffer[0]);
    disk.write(0, filled(8, kSector));
  });
  CHECK(status == IoStatus::kOk);
  CHECK(read == 0xf8);
  CHECK(hit.is_filled(0, 1, 8));
  CHECK(hit.is_filled(1, 1, 7));
}

TEST_CASE("lost-flush: acknowledged, and nothing is durable") {
  IoStatus status{};
  const auto write_and_flush = [&](Disk& disk) {
    disk.write(0, filled(7, kSector));
    status = disk.flush();
  };
  const Hit hit(FaultKind::kLostFlush, 2, write_and_flush);
  CHECK(status == IoStatus::kOk);
  CHECK(!hit.disk.is_durable(0, kSector));
  const Hit missed(FaultKind::kLostFlush, 3, write_and_flush);
  CHECK(missed.disk.is_durable(0, kSector));
}

TEST_CASE("a fault of the wrong sort, or of a request that never comes, does nothing") {
  for (const FaultKind kind : {FaultKind::kLostFlush, FaultKind::kTornLate}) {
    IoStatus status{};
    const Hit hit(kind, 1, [&](Disk& disk) { status = disk.write(0, filled(7, 2 * kSector)); });
    CHECK(status == IoStatus::kOk);
    CHECK(!hit.world.faults()->all_fired());
  }
  // Past the end it fails anyway; at the end nothing is left to be misdirected to.
  IoStatus past{}, last{};
  const Hit at_end(
      FaultKind::kMisdirected, 2,
      [&](Disk& disk) {
        past = disk.write(4 * kSector, filled(7, kSector));
        last = disk.write(3 * kSector, filled(7, kSector));
      },
      4 * kSector);
  CHECK(past == IoStatus::kNoSpace);
  CHECK(last == IoStatus::kOk);
  CHECK(at_end.is_filled(3, 1, 7));
  CHECK(!at_end.world.faults()->all_fired());
}

TEST_CASE("what could have been hit is remembered, for each request that came") {
  World world;
  Disk disk(world, "log");
  world.show_devices(nullptr, &disk, 512);
  world.spawn("A", [&] {
    disk.write(0, filled(1, 3 * kSector));
    disk.flush();
  });
  world.spawn("B", [&] { disk.discard(0, kSector); });
  sim::FaultScope scope;
  scope.add(FaultKind::kEio, DeviceRole::kLog, IoKind::kFlush);
  scope.add(FaultKind::kTornLate, DeviceRole::kLog, IoKind::kWrite);
  scope.add(FaultKind::kLatent, DeviceRole::kData, IoKind::kWrite);
  world.inject({}, scope);
  run(world, "AAA");
  const auto seen = world.faults()->seen();
  REQUIRE(seen.size() == 2);
  CHECK(seen[0] ==
        std::vector<sim::FaultKindSet>{bit_of(FaultKind::kTornLate), bit_of(FaultKind::kEio)});
  CHECK(seen[1].empty());
  finish(world);
  CHECK(seen[1] == std::vector<sim::FaultKindSet>{0});
}

TEST_CASE("content from before the start is there, durable, and can be written over") {
  World world;
  Disk disk(world, "disk");
  disk.prepare(512, filled(3, 1024));
  CHECK(disk.is_durable(0, 4096));
  world.spawn("A", [&] { disk.write(512, filled(4, 512)); });
  finish(world);
  CHECK(sim::is_filled(disk, 512, 512, std::byte{4}));
  CHECK(sim::is_filled(disk, 1024, 512, std::byte{3}));
  CHECK(!disk.is_durable(512, 512));
}

}  // namespace simcheck::test
