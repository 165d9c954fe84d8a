// What a disk may hold after a cut: by example, and each model of durability against all images of
// small disks, made one by one.

#include "sim/crash_image.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "tests/sim/every_image.hpp"
#include "tests/sim/steps.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using sim::Choices;
using sim::CrashImage;
using sim::CrashModel;
using sim::CutDisk;
using sim::DeviceRole;
using sim::Disk;
using sim::Durability;
using sim::Payload;
using sim::World;

std::string read(const CrashImage& disk, std::uint64_t begin, std::uint64_t length) {
  std::string bytes(length, '\0');
  read_content(disk, begin, std::as_writable_bytes(std::span(bytes)));
  return bytes;
}

struct Readings {
  std::multiset<std::string> found;
  std::set<std::string> distinct() const { return {found.begin(), found.end()}; }
};

// What is read there, in all images.
Readings readings(const CutDisk& disk, std::uint64_t begin, std::uint64_t length) {
  Readings readings;
  Choices choices;
  do {
    const CrashImage image(disk, choices);
    readings.found.insert(read(image, begin, length));
    RC_ASSERT(read(image, begin, length) == *readings.found.find(read(image, begin, length)));
  } while (choices.next());
  return readings;
}

void compare(const Disk& disk, CrashModel model) {
  const CutDisk cut(disk, model);
  const std::vector<std::string> images = every_image(cut);
  RC_ASSERT(cut.images() == images.size());
  const Readings whole = readings(cut, 0, disk.size());
  RC_ASSERT(whole.distinct() == std::set<std::string>(images.begin(), images.end()));
  const bool by_sector = model.durability == Durability::kSectorSubset;
  if (by_sector) RC_ASSERT(whole.found.size() == whole.distinct().size());
  for (std::uint64_t at = 0; at < disk.size(); at += model.sector_bytes) {
    std::set<std::string> parts;
    for (const std::string& image : images) parts.insert(image.substr(at, model.sector_bytes));
    const Readings part = readings(cut, at, model.sector_bytes);
    RC_ASSERT(part.distinct() == parts);
    if (by_sector) RC_ASSERT(part.found.size() == parts.size());
  }
}

// What it writes is of two parts: a fill and bytes.
struct Issue {
  std::uint8_t kind, fill;
  std::uint64_t offset, length;

  void to(Disk& disk) const {
    const std::vector<std::byte> bytes(length / 2, static_cast<std::byte>(fill + 100));
    Payload data = Payload::filled(static_cast<std::byte>(fill), length - length / 2);
    data.append(bytes);
    if (kind == 0) disk.flush();
    if (kind == 1) disk.write_zeroes(offset, length);
    if (kind == 2) disk.discard(offset, length);
    if (kind > 2) disk.write(offset, data, {.fua = kind == 3});
  }
};

constexpr Durability kModels[] = {Durability::kSectorSubset, Durability::kPrefix,
                                  Durability::kWholeRequests, Durability::kCacheOff};

using Drawn = std::vector<std::tuple<std::uint8_t, std::uint8_t, std::uint8_t>>;

// Up to six requests, in units of an eighth of a sector, of which half are aligned.
void run_at_random(World& world, Disk& disk, const Drawn& drawn,
                   const std::vector<std::uint8_t>& choices, std::uint64_t sector) {
  std::vector<Issue> issues;
  for (const auto& [kind, place, length] : drawn) {
    if (issues.size() == 6) break;
    const std::uint64_t unit = place % 2 == 0 ? sector : sector / 8, places = disk.size() / unit;
    const std::uint64_t at = place % places, count = 1 + length % (places - at);
    issues.push_back({static_cast<std::uint8_t>(kind % 7),
                      static_cast<std::uint8_t>(issues.size() % 4 + 1), at * unit, count * unit});
  }
  for (const Issue& issue : issues) world.spawn("", [&disk, issue] { issue.to(disk); });
  for (const std::uint8_t choice : choices) {
    const std::string ready = enabled(world);
    if (!ready.empty()) world.run(fiber_of(ready[choice % ready.size()]));
  }
}

void compare_at_random(const Drawn& drawn, const std::vector<std::uint8_t>& choices,
                       std::uint64_t sector, std::uint64_t sectors) {
  World world;
  Disk disk(world, "disk", sectors * sector);
  const std::vector<std::byte> old(sector * 3 / 2, std::byte{7});
  disk.prepare(0, Payload::of(old));
  disk.watch(DeviceRole::kLog, sector);
  run_at_random(world, disk, drawn, choices, sector);
  for (const Durability durability : kModels)
    compare(disk, {.durability = durability, .sector_bytes = sector});
  world.cancel();
}

}  // namespace

TEST_CASE("choices go through every sequence once") {
  Choices choices;
  std::vector<std::string> seen;
  do {
    std::string taken = std::to_string(choices.choose(2));
    if (taken == "0") taken += std::to_string(choices.choose(3));
    seen.push_back(taken + std::to_string(choices.choose(1)));
  } while (choices.next());
  CHECK(seen == std::vector<std::string>{"000", "010", "020", "10"});
}

TEST_CASE("without choices there is one sequence") {
  Choices choices;
  CHECK(!choices.next());
}

RC_TEST_CASE("every model against all images, sectors of 512 bytes",
             [](const Drawn& drawn, const std::vector<std::uint8_t>& choices) {
               compare_at_random(drawn, choices, 512, 3);
             },
             {.max_success = 200})

RC_TEST_CASE("every model against all images, sectors of 4096 bytes",
             [](const Drawn& drawn, const std::vector<std::uint8_t>& choices) {
               compare_at_random(drawn, choices, 4096, 2);
             },
             {.max_success = 20})

}  // namespace simcheck::test
