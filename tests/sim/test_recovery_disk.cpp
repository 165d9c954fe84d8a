// A recovery's disk: what it reads, what a second cut may leave of what it writes, and when that is
// tried.

#include "sim/recovery_disk.hpp"

#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>

#include "sim/payload.hpp"

namespace simcheck::sim {
namespace {

constexpr std::uint64_t kSector = 512;

// Four sectors of the letter m.
class Medium final : public ContentView {
 public:
  Chunk run_at(std::uint64_t, std::uint64_t length_max) const override {
    return {nullptr, length_max, std::byte{'m'}};
  }
  std::uint64_t size() const override { return 4 * kSector; }
};

Payload letter(char c, std::uint64_t sectors = 1) {
  return Payload::filled(std::byte(c), sectors * kSector);
}

// The letter at the start of each sector; `.` is a zero.
std::string letters(const ContentView& view) {
  std::string text;
  for (std::uint64_t sector = 0; sector < 4; ++sector) {
    std::array<std::byte, 1> first;
    read_content(view, sector * kSector, first);
    text += first[0] == std::byte{0} ? '.' : static_cast<char>(first[0]);
  }
  return text;
}

// What can be found after at most one cut in the recovery: "cut:" or "end:" and the letters.
template <typename Recovery>
std::set<std::string> outcomes(const Recovery& recovery, Durability durability) {
  const CrashModel model{.durability = durability};
  std::set<std::string> found;
  Choices choices;
  do {
    const Medium medium;
    RecoveryPower power(choices, model, true);
    RecoveryDisk disk(medium, power);
    try {
      recovery(disk);
      power.end();
      found.insert("end:" + letters(disk));
    } catch (const RecoveryPower::Cut&) {
      const CutDisk cut(disk, model, &medium);
      found.insert("cut:" + letters(CrashImage(cut, choices)));
    }
  } while (choices.next());
  return found;
}

using Found = std::set<std::string>;

}  // namespace

TEST_CASE("it reads what the cut left, and what it wrote itself") {
  const Medium medium;
  Choices choices;
  RecoveryPower power(choices, {}, false);
  RecoveryDisk disk(medium, power);
  CHECK(disk.write(kSector, letter('a')) == IoStatus::kOk);
  CHECK(disk.write_zeroes(2 * kSector, kSector) == IoStatus::kOk);
  CHECK(disk.discard(3 * kSector, kSector) == IoStatus::kOk);
  CHECK(letters(disk) == "ma..");
  std::array<std::byte, 2> bytes{};
  CHECK(disk.read(kSector - 1, bytes) == IoStatus::kOk);
  CHECK(bytes == std::array{std::byte{'m'}, std::byte{'a'}});
  CHECK(disk.write(4 * kSector, letter('b')) == IoStatus::kNoSpace);
  CHECK(disk.read(4 * kSector, bytes) == IoStatus::kIoError);
  CHECK(power.writes() == 3);
  CHECK_FALSE(choices.next());
}

TEST_CASE("a second cut leaves any sectors of what was not flushed") {
  const auto recovery = [](RecoveryDisk& disk) {
    disk.write(0, letter('a', 2));
    disk.flush();
    disk.write(2 * kSector, letter('b'));
  };
  CHECK(outcomes(recovery, Durability::kSectorSubset) ==
        Found{"cut:mmmm", "cut:ammm", "cut:mamm", "cut:aamm", "cut:aabm", "end:aabm"});
  CHECK(outcomes(recovery, Durability::kWholeRequests) ==
        Found{"cut:mmmm", "cut:aamm", "cut:aabm", "end:aabm"});
  CHECK(outcomes(recovery, Durability::kCacheOff) == Found{"cut:aamm", "cut:aabm", "end:aabm"});
}

TEST_CASE("a queue keeps the order, and FUA makes its own write durable") {
  const auto recovery = [](RecoveryDisk& disk) {
    disk.write(0, letter('a'));
    disk.write(kSector, letter('b'), {.fua = true});
    disk.write(2 * kSector, letter('c'));
  };
  CHECK(outcomes(recovery, Durability::kPrefix) ==
        Found{"cut:mmmm", "cut:ammm", "cut:abmm", "cut:abcm", "end:abcm"});
  // Once b is durable, a may still be lost.
  CHECK(outcomes(recovery, Durability::kSectorSubset).contains("cut:mbcm"));
}

TEST_CASE("a recovery that only reads is never cut, nor one that was cut asked again") {
  CHECK(outcomes([](RecoveryDisk& disk) { letters(disk); }, Durability::kSectorSubset) ==
        Found{"end:mmmm"});
  const auto swallows = [](RecoveryDisk& disk) {
    try {
      disk.write(0, letter('a'));
      disk.flush();
    } catch (...) {
      disk.write(0, letter('x'));
    }
  };
  CHECK(outcomes(swallows, Durability::kWholeRequests) ==
        Found{"cut:mmmm", "cut:ammm", "end:ammm"});
}

}  // namespace simcheck::sim
