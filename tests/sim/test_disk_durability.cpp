// When what was written survives a power cut: after a flush submitted once the write had completed,
// or with FUA; by example, and against a model under random schedules.

#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "tests/sim/durability_rule.hpp"
#include "tests/sim/steps.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using sim::Disk;
using sim::Payload;
using sim::World;

}  // namespace

TEST_CASE("a completed write is durable once a later flush has completed") {
  World world;
  Disk disk(world, "disk");
  CHECK(disk.is_durable(0, 512));  // nothing written, nothing to lose
  world.spawn("A", [&] {
    disk.write(0, kOnes);
    disk.flush();
  });
  run(world, "AAA");  // the write completed, the flush is submitted
  CHECK(!disk.is_durable(0, 512));
  run(world, "A");  // the flush took effect
  CHECK(!disk.is_durable(0, 512));
  run(world, "A");
  CHECK(disk.is_durable(0, 512));
}

TEST_CASE("a flush submitted before the write's completion does not cover it") {
  World world;
  Disk disk(world, "disk");
  world.spawn("A", [&] { disk.write(0, kOnes); });
  world.spawn("B", [&] {
    disk.flush();
    disk.flush();
  });
  run(world, "AAB");  // the write took effect, then the flush is submitted
  run(world, "ABB");  // the write completes, then the flush
  CHECK(!disk.is_durable(0, 512));
  run(world, "BB");  // but the next flush was submitted after it
  CHECK(disk.is_durable(0, 512));
}

TEST_CASE("a write with FUA is durable at its completion, and alone") {
  World world;
  Disk disk(world, "disk");
  world.spawn("A", [&] { disk.write(0, kOnes); });
  world.spawn("B", [&] { disk.write(512, kOnes, {.fua = true}); });
  world.spawn("C", [&] { disk.write_zeroes(1024, 512, {.fua = true}); });
  run(world, "AAABBCC");
  CHECK(!disk.is_durable(512, 512));
  run(world, "BC");
  CHECK(disk.is_durable(512, 1024));
  CHECK(!disk.is_durable(0, 512));
}

TEST_CASE("a newer version in the cache makes the bytes volatile again") {
  World world;
  Disk disk(world, "disk");
  world.spawn("A", [&] {
    disk.write(0, kOnes, {.fua = true});
    disk.discard(256, 1);
  });
  finish(world);
  CHECK(disk.is_durable(0, 256));
  CHECK(!disk.is_durable(0, 257));
  CHECK(disk.is_durable(257, 255));
}

TEST_CASE("a slow flush that was overtaken takes nothing back") {
  World world;
  Disk disk(world, "disk");
  world.spawn("A", [&] { disk.flush(); });
  world.spawn("B", [&] {
    disk.write(0, kOnes);
    disk.flush();
  });
  run(world, "A");
  run(world, "BBBBB");
  CHECK(disk.is_durable(0, 512));
  run(world, "AA");
  CHECK(disk.is_durable(0, 512));
}

RC_TEST_CASE("durability agrees with the rule under random schedules",
             [](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& drawn,
                const std::vector<std::uint8_t>& choices) {
               World world;
               Disk disk(world, "disk");
               DurabilityRule rule;
               std::vector<SectorRequest> requests;
               for (const auto& [kind, sector] : drawn) {
                 if (requests.size() == 12) break;
                 requests.push_back({kind % 3 == 0, kind % 3 == 1, sector % 3U});
               }
               for (int i = 0; i < static_cast<int>(requests.size()); ++i) {
                 world.spawn(
                     "", [&, i] { issue(disk, rule, i, requests[static_cast<std::size_t>(i)]); });
               }
               for (const std::uint8_t choice : choices) {
                 const std::string ready = enabled(world);
                 if (ready.empty()) break;
                 const sim::FiberId fiber = fiber_of(ready[choice % ready.size()]);
                 const auto number = static_cast<int>(index_of(fiber));
                 const bool is_effect = (world.in_flight() & sim::bit_of(fiber)) != 0;
                 if (is_effect && !requests[index_of(fiber)].is_flush) {
                   rule.effects.push_back(number);
                 }
                 world.run(fiber);
                 for (std::uint8_t sector = 0; sector < 3; ++sector) {
                   bool durable = true;
                   for (const int write : rule.effects) {
                     const bool here = requests[static_cast<std::size_t>(write)].sector == sector;
                     if (here && !rule.durable.contains(write)) durable = false;
                   }
                   RC_ASSERT(disk.is_durable(sector * 512U, 512) == durable);
                 }
               }
               world.cancel();
             },
             {.max_success = 300});

}  // namespace simcheck::test
