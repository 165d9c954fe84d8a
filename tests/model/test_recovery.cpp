// Recoveries: they run on everything that a cut can leave, and what they leave is judged; a second
// cut finds what a single one does not.

#include <doctest/doctest.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "drivers/recoveries.hpp"
#include "logs/format.hpp"
#include "properties/all.hpp"
#include "sim/code_failed.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {
namespace {

using sim::RecoveryDevices;

model::Result check_recovery(std::string_view driver, const std::string& workload,
                             sim::Recovery recovery, std::uint32_t cuts = 1) {
  model::CheckOptions options = options_for(driver, workload);
  options.properties = {properties::make_crash_parses()};
  options.power_cut = model::PowerCut{
      .recovery = std::move(recovery), .recovery_name = "of the test", .cuts = cuts};
  return model::check(options);
}

std::string reason(const model::Result& result) {
  REQUIRE(result.verdict == model::Verdict::kViolated);
  return result.counterexamples.front().findings.front().reason;
}

// Right, unless it is interrupted: it writes the superblock anew, with the old one gone meanwhile.
void rewrite_superblock(const RecoveryDevices& devices) {
  std::array<std::byte, logs::kSuperblockBytes> super{};
  devices.log.read(0, super);
  devices.log.write_zeroes(0, 512);
  devices.log.flush();
  devices.log.write(0, sim::Payload::of(super));
  devices.log.flush();
}

}  // namespace

TEST_CASE("truncating the log heals the hole that one flush leaves in the merged driver") {
  const sim::Recovery truncate{.run = drivers::truncate_log, .writes = true};
  CHECK(contains(reason(check_recovery("serialized", "flush", {})), "is a hole"));
  for (const std::uint32_t cuts : {1U, 2U, 3U}) {
    const model::Result result = check_recovery("serialized", "flush ; flush", truncate, cuts);
    CHECK(result.verdict == model::Verdict::kHolds);
    CHECK(result.coverage.complete());
    CHECK((result.crashes->recoveries_cut > 0) == (cuts > 1));
  }
  CHECK(
      contains(reason(check_recovery("serialized", "write, flush", truncate)), "without its data"));
}

TEST_CASE("only a second cut breaks a recovery that is wrong while it runs") {
  const sim::Recovery rewrite{.run = rewrite_superblock, .writes = true};
  CHECK(check_recovery("crash-safe", "write ; flush", rewrite).verdict == model::Verdict::kHolds);
  const std::string why = reason(check_recovery("crash-safe", "write ; flush", rewrite, 2));
  CAPTURE(why);
  CHECK(contains(why, "the log does not reach it"));
  CHECK(contains(why, "the recovery was cut again after 2 writes"));
}

TEST_CASE("a recovery that lets an exception out is broken") {
  const sim::Recovery picky{.run = [](const RecoveryDevices& devices) {
    std::array<std::byte, logs::kEntryHeaderBytes> header{};
    devices.log.read(512, header);
    if (logs::decode_entry(header) != logs::EntryHeader{}) throw std::runtime_error("an entry!");
  }};
  CHECK(reason(check_recovery("crash-safe", "flush", picky)) ==
        "after the power cut the recovery failed: an entry!");
}

TEST_CASE("a recovery that reads the data device has to say so; to write it is no such thing") {
  const sim::Recovery silent{.run = [](const RecoveryDevices& devices) {
    std::array<std::byte, 512> bytes{};
    devices.data.read(0, bytes);
  }};
  try {
    check_recovery("crash-safe", "write 0 1k", silent);
    FAIL("it was taken");
  } catch (const sim::CodeFailed& error) {
    CHECK(contains(error.what(),
                   "the recovery of the test reads the data device and does not say "
                   "so: set Recovery::reads_data"));
  }
  const sim::Recovery writes{.run = [](const RecoveryDevices& devices) {
    devices.data.write_zeroes(0, 512);
    devices.data.flush();
  }};
  CHECK(check_recovery("crash-safe", "write 0 1k", writes).verdict != model::Verdict::kViolated);
}

TEST_CASE("a recovery that reads the data device is shown what cuts leave of it") {
  const auto torn = [](const RecoveryDevices& devices) {
    std::array<std::byte, 1024> bytes{};
    devices.data.read(0, bytes);
    if (bytes.front() != bytes.back()) throw std::runtime_error("torn data");
  };
  const model::Result without = check_recovery("crash-safe", "write 0 1k", {});
  const std::string why =
      reason(check_recovery("crash-safe", "write 0 1k", {.run = torn, .reads_data = true}));
  CHECK(without.verdict != model::Verdict::kViolated);
  CHECK(contains(why, "torn data; of this was lost: the write of 1024 bytes at data byte 0 by A"));
}

}  // namespace simcheck::test
