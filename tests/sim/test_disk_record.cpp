// What a watched disk notes: by example; what it held at each step, against a rule under random
// schedules; and which footprints the moments enter.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "tests/sim/durability_rule.hpp"
#include "tests/sim/steps.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using sim::ContentAt;
using sim::DeviceRole;
using sim::Disk;
using sim::DiskMoment;
using sim::Payload;
using sim::World;

std::uint32_t bit(DiskMoment moment) { return sim::bit_of(DeviceRole::kLog, moment); }

}  // namespace

TEST_CASE("nobody watches: nothing is kept, and to ask for it is a mistake") {
  World world;
  const Disk disk(world, "log");
  CHECK_THROWS_WITH(disk.record(),
                    "the disk log keeps no record; a property that calls record() must say so: "
                    ".record = true in observes()");
}

TEST_CASE("each write and flush, with its steps") {
  World world;
  Disk disk(world, "disk", 1024);
  disk.watch(DeviceRole::kLog, 512);
  world.spawn("A", [&] { disk.write(512, kOnes, {.fua = true}); });
  world.spawn("B", [&] {
    disk.discard(0, 512);
    disk.write(4096, kOnes);  // fails, so it has no effect
    disk.flush();
  });
  run(world, "ABBABBABBB");
  const sim::DiskRecord record = disk.record();
  REQUIRE(record.writes.size() == 2);
  const sim::DiskWrite& discard = record.writes[0];
  CHECK(discard.kind == sim::IoKind::kDiscard);
  CHECK(discard.fiber == fiber_of('B'));
  CHECK(discard.length == 512);
  CHECK(std::vector{discard.submitted, discard.took_effect, discard.completed} ==
        std::vector<std::uint32_t>{1, 2, 4});
  const sim::DiskWrite& write = record.writes[1];
  CHECK(write.fua);
  CHECK(write.offset == 512);
  CHECK(std::vector{write.submitted, write.took_effect, write.completed} ==
        std::vector<std::uint32_t>{0, 3, 6});
  REQUIRE(record.flushes.size() == 1);
  CHECK(record.flushes[0].submitted == 7);
  CHECK(record.flushes[0].completed == 9);
  CHECK(record.durable_from(write) == 6);
  CHECK(record.durable_from(discard) == 9);
}

TEST_CASE("a section that completes a write and submits a flush has done so in this order") {
  World world;
  Disk disk(world, "disk");
  disk.watch(DeviceRole::kLog, 512);
  world.spawn("A", [&] {
    disk.write(0, kOnes);
    disk.flush();
  });
  finish(world);
  const sim::DiskRecord record = disk.record();
  CHECK(record.writes[0].completed == record.flushes[0].submitted);
  CHECK(record.durable_from(record.writes[0]) == 4);
}

TEST_CASE("a flush in flight makes nothing durable") {
  World world;
  Disk disk(world, "disk");
  disk.watch(DeviceRole::kLog, 512);
  world.spawn("A", [&] {
    disk.write(0, kOnes);
    disk.flush();
  });
  run(world, "AAAA");
  CHECK(disk.record().durable_from(disk.record().writes[0]) == sim::kNever);
}

TEST_CASE("moments enter the footprints of whoever is observed, and of nobody else") {
  World world;
  Disk disk(world, "disk");
  disk.watch(DeviceRole::kLog, 512);
  world.observe(world.add_object("head first"), bit(DiskMoment::kHeadEffect),
                bit(DiskMoment::kBodyEffect));
  world.observe(world.add_object("covered"), bit(DiskMoment::kFlushSubmitted),
                bit(DiskMoment::kHeadCompleted));
  world.observe(world.add_object("durable"), 0,
                bit(DiskMoment::kFlushCompleted) | bit(DiskMoment::kFuaCompleted));
  world.spawn("A", [&] {
    disk.write(0, kOnes);
    disk.write(512, kOnes, {.fua = true});
    disk.flush();
  });
  world.spawn("B", [&] { disk.write_zeroes(256, 512); });
  CHECK(footprint_after(world, "A") == Strings{});
  CHECK(footprint_after(world, "A") == Strings{"w disk 0..512", "r head first"});
  CHECK(footprint_after(world, "A") == Strings{"a covered"});
  CHECK(footprint_after(world, "A") == Strings{"w disk 512..1024", "a head first"});
  CHECK(footprint_after(world, "A") == Strings{"a durable", "r covered"});
  CHECK(footprint_after(world, "A") == Strings{});
  CHECK(footprint_after(world, "A") == Strings{"a durable"});
  CHECK(footprint_after(world, "B") == Strings{});
  CHECK(footprint_after(world, "B") == Strings{"w disk 256..768", "w head first"});
}

TEST_CASE("an empty write takes effect and completes, too") {
  World world;
  Disk body(world, "body"), both(world, "both");
  body.watch(DeviceRole::kData, 0);
  both.watch(DeviceRole::kLog, 512);
  world.observe(
      world.add_object("body"), 0,
      bit_of(DeviceRole::kData, DiskMoment::kBodyCompleted) | bit(DiskMoment::kBodyCompleted));
  world.observe(world.add_object("head"), 0, bit(DiskMoment::kHeadCompleted));
  world.spawn("A", [&] { body.write(0, sim::Payload()); });
  world.spawn("B", [&] { both.write(0, sim::Payload()); });
  world.spawn("C", [&] { both.write(512, sim::Payload()); });
  world.observe(world.add_object("effect"), 0,
                bit_of(DeviceRole::kData, DiskMoment::kBodyEffect) | bit(DiskMoment::kBodyEffect));
  world.observe(world.add_object("head effect"), 0, bit(DiskMoment::kHeadEffect));
  run(world, "ABC");
  CHECK(footprint_after(world, "A") == Strings{"a effect"});
  CHECK(footprint_after(world, "B") == Strings{"a head effect"});
  CHECK(footprint_after(world, "C") == Strings{"a effect"});
  CHECK(footprint_after(world, "A") == Strings{"a body"});
  CHECK(footprint_after(world, "B") == Strings{"a head"});
  CHECK(footprint_after(world, "C") == Strings{"a body"});
}

namespace {

bool holds(const Disk& disk, ContentAt::What what, std::uint32_t step, std::uint64_t sector,
           unsigned fill) {
  return sim::is_filled(ContentAt(disk, what, step), sector * 512, 512,
                        static_cast<std::byte>(fill));
}

}  // namespace

RC_TEST_CASE("the record tells what the disk held at each step",
             [](const std::vector<std::uint8_t>& drawn, const std::vector<std::uint8_t>& choices) {
               World world;
               Disk disk(world, "disk");
               disk.watch(DeviceRole::kLog, 512);
               DurabilityRule rule;
               std::vector<SectorRequest> requests;
               for (const std::uint8_t number : drawn) {
                 if (requests.size() == 12) break;
                 const bool is_flush = number % 4 == 0, fua = number % 4 == 1;
                 requests.push_back({is_flush, fua, number / 4U % 2U});
               }
               for (int i = 0; i < static_cast<int>(requests.size()); ++i) {
                 world.spawn(
                     "", [&, i] { issue(disk, rule, i, requests[static_cast<std::size_t>(i)]); });
               }
               std::vector<DurabilityRule> after;  // each step
               for (const std::uint8_t choice : choices) {
                 const std::string ready = enabled(world);
                 if (ready.empty()) break;
                 const sim::FiberId fiber = fiber_of(ready[choice % ready.size()]);
                 const bool is_effect = (world.in_flight() & sim::bit_of(fiber)) != 0;
                 if (is_effect && !requests[index_of(fiber)].is_flush) {
                   rule.effects.push_back(static_cast<int>(index_of(fiber)));
                 }
                 world.run(fiber);
                 after.push_back(rule);
               }
               for (std::uint32_t step = 0; step < after.size(); ++step) {
                 for (std::uint64_t sector = 0; sector < 2; ++sector) {
                   RC_ASSERT(holds(disk, ContentAt::What::kVisible, step, sector,
                                   after[step].shown(requests, sector, false)));
                   RC_ASSERT(holds(disk, ContentAt::What::kDurable, step, sector,
                                   after[step].shown(requests, sector, true)));
                 }
               }
               world.cancel();
             },
             {.max_success = 300});

}  // namespace simcheck::test
