// What a watched disk notes: by example; what it held at each step, against a model under random
// schedules; and which footprints the moments enter.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

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

const Payload kSector = Payload::filled(std::byte{1}, 512);

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
  world.spawn("A", [&] { disk.write(512, kSector, {.fua = true}); });
  world.spawn("B", [&] {
    disk.discard(0, 512);
    disk.write(4096, kSector);  // fails, so it has no effect
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
    disk.write(0, kSector);
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
    disk.write(0, kSector);
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
    disk.write(0, kSector);
    disk.write(512, kSector, {.fua = true});
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

namespace {

struct Request {
  bool is_flush = false, fua = false;
  std::uint64_t sector = 0;
};

// The rule as sets of requests, by number; a write fills its sector with its number + 1.
struct Model {
  std::vector<int> effects;  // in order
  std::set<int> completed, durable;

  unsigned shown(const std::vector<Request>& all, std::uint64_t sector, bool durably) const {
    for (std::size_t i = effects.size(); i-- > 0;) {
      const int number = effects[i];
      if (all[static_cast<std::size_t>(number)].sector != sector) continue;
      if (!durably || durable.contains(number)) return static_cast<unsigned>(number) + 1;
    }
    return 0;
  }
};

void issue(Disk& disk, Model& model, int number, const Request& request) {
  if (request.is_flush) {
    const std::set<int> covered = model.completed;
    disk.flush();
    model.durable.insert(covered.begin(), covered.end());
    return;
  }
  const auto fill = static_cast<std::byte>(number + 1);
  disk.write(request.sector * 512, Payload::filled(fill, 512), {.fua = request.fua});
  model.completed.insert(number);
  if (request.fua) model.durable.insert(number);
}

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
               Model model;
               std::vector<Request> requests;
               for (const std::uint8_t number : drawn) {
                 if (requests.size() == 12) break;
                 const bool is_flush = number % 4 == 0, fua = number % 4 == 1;
                 requests.push_back({is_flush, fua, number / 4U % 2U});
               }
               for (int i = 0; i < static_cast<int>(requests.size()); ++i) {
                 world.spawn(
                     "", [&, i] { issue(disk, model, i, requests[static_cast<std::size_t>(i)]); });
               }
               std::vector<Model> after;  // each step
               for (const std::uint8_t choice : choices) {
                 const std::string ready = enabled(world);
                 if (ready.empty()) break;
                 const sim::FiberId fiber = fiber_of(ready[choice % ready.size()]);
                 const bool is_effect = (world.in_flight() & sim::bit_of(fiber)) != 0;
                 if (is_effect && !requests[index_of(fiber)].is_flush) {
                   model.effects.push_back(static_cast<int>(index_of(fiber)));
                 }
                 world.run(fiber);
                 after.push_back(model);
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
