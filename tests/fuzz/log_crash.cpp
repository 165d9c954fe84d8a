// `log crash`: of any log, the images that a cut leaves are made or refused, each is different, and
// no more are found than there are said to be.
#include <algorithm>
#include <vector>

#include "logs/crash_images.hpp"
#include "logs/crash_point.hpp"
#include "logs/crash_sectors.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"
#include "tests/logs/memory_target.hpp"

namespace simcheck::fuzz {
namespace {

constexpr std::size_t kDeviceBytes = 1 << 14;
constexpr std::size_t kImagesMax = 32;
constexpr unsigned kCutsMax = 16;  // more than a seed has entries

void make_images(const logs::ByteSource& log, const logs::Superblock& super,
                 const logs::CrashOptions& options) {
  const auto found = logs::find_crash_point(log, super, options);
  const auto* point = std::get_if<logs::CrashPoint>(&found);
  if (point == nullptr) return;
  require(point->durable_before <= point->end, "what is durable comes before the end");
  const logs::CrashModel model;
  test::MemoryTarget device(kDeviceBytes);
  device.can_discard = false;
  if (logs::replay_durable(log, super, *point, model, device, nullptr)) return;
  const logs::MemorySource durable(device.content);
  const auto made = logs::CrashSectors::make(log, *point, model, durable);
  const auto* sectors = std::get_if<logs::CrashSectors>(&made);
  if (sectors == nullptr) return;
  std::vector<std::vector<std::byte>> seen;  // few
  logs::CrashImages images(*sectors, true);
  const bool all = images.enumerate([&](const logs::CrashImage& image) {
    if (seen.size() == kImagesMax) return false;
    test::MemoryTarget copy(0);
    copy.content = device.content;
    require(!sectors->apply(image.contents, copy), "memory can be written");
    require(std::ranges::find(seen, copy.content) == seen.end(), "each image is different");
    seen.push_back(copy.content);
    return true;
  });
  if (all) require(sectors->images() == seen.size(), "all images are found");
  if (!all && sectors->images()) require(*sectors->images() > seen.size(), "others are left");
}

}  // namespace
// The last two bytes, data of the log as a rule, choose the cut.

void check_log_crash(Bytes bytes) {
  if (bytes.size() < 2) return;
  const logs::MemorySource log(bytes);
  const auto sound = logs::read_sound_superblock(log);
  const auto* super = std::get_if<logs::Superblock>(&sound);
  if (super == nullptr) return;
  const auto at = std::to_integer<unsigned>(bytes[bytes.size() - 2]) % kCutsMax;
  const auto in_flight = std::to_integer<unsigned>(bytes.back()) % 4U;
  for (const logs::Coverage coverage : {logs::Coverage::kLogged, logs::Coverage::kIssued})
    make_images(log, *super, {.at = at, .coverage = coverage, .in_flight = in_flight});
}

}  // namespace simcheck::fuzz
