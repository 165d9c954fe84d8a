// When what was written survives a power cut: after a flush submitted once the write had completed,
// or with FUA; by example, and against a model under random schedules.

#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "tests/sim/steps.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using sim::Disk;
using sim::Payload;
using sim::World;

const Payload kSector = Payload::filled(std::byte{1}, 512);

}  // namespace

TEST_CASE("a completed write is durable once a later flush has completed") {
  World world;
  Disk disk(world, "disk");
  CHECK(disk.is_durable(0, 512));  // nothing written, nothing to lose
  world.spawn("A", [&] {
    disk.write(0, kSector);
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
  world.spawn("A", [&] { disk.write(0, kSector); });
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
  world.spawn("A", [&] { disk.write(0, kSector); });
  world.spawn("B", [&] { disk.write(512, kSector, {.fua = true}); });
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
    disk.write(0, kSector, {.fua = true});
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
    disk.write(0, kSector);
    disk.flush();
  });
  run(world, "A");
  run(world, "BBBBB");
  CHECK(disk.is_durable(0, 512));
  run(world, "AA");
  CHECK(disk.is_durable(0, 512));
}

namespace {

// The rule as sets of requests: what completed, what a flush found completed, what is durable.
struct Model {
  std::set<int> effective, completed, durable;
};

struct Request {
  enum Kind : std::uint8_t { kWrite, kFuaWrite, kFlush } kind;
  std::uint8_t sector;
};

void issue(Disk& disk, Model& model, int number, const Request& request) {
  if (request.kind == Request::kFlush) {
    const std::set<int> covered = model.completed;
    disk.flush();
    model.durable.insert(covered.begin(), covered.end());
    return;
  }
  const bool fua = request.kind == Request::kFuaWrite;
  disk.write(request.sector * 512U, kSector, {.fua = fua});
  model.completed.insert(number);
  if (fua) model.durable.insert(number);
}

}  // namespace

RC_TEST_CASE("durability agrees with the rule under random schedules",
             [](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& drawn,
                const std::vector<std::uint8_t>& choices) {
               World world;
               Disk disk(world, "disk");
               Model model;
               std::vector<Request> requests;
               for (const auto& [kind, sector] : drawn) {
                 if (requests.size() == 12) break;
                 requests.push_back(
                     {static_cast<Request::Kind>(kind % 3), static_cast<std::uint8_t>(sector % 3)});
               }
               for (int i = 0; i < static_cast<int>(requests.size()); ++i) {
                 world.spawn(
                     "", [&, i] { issue(disk, model, i, requests[static_cast<std::size_t>(i)]); });
               }
               for (const std::uint8_t choice : choices) {
                 const std::string ready = enabled(world);
                 if (ready.empty()) break;
                 const sim::FiberId fiber = fiber_of(ready[choice % ready.size()]);
                 const auto number = static_cast<int>(index_of(fiber));
                 const bool is_effect = (world.in_flight() & sim::bit_of(fiber)) != 0;
                 if (is_effect && requests[index_of(fiber)].kind != Request::kFlush) {
                   model.effective.insert(number);
                 }
                 world.run(fiber);
                 for (std::uint8_t sector = 0; sector < 3; ++sector) {
                   bool durable = true;
                   for (const int write : model.effective) {
                     const bool here = requests[static_cast<std::size_t>(write)].sector == sector;
                     if (here && !model.durable.contains(write)) durable = false;
                   }
                   RC_ASSERT(disk.is_durable(sector * 512U, 512) == durable);
                 }
               }
               world.cancel();
             },
             {.max_success = 300});

}  // namespace simcheck::test
