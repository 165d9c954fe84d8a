// `log crash`: of any log, the images that a cut leaves are made or refused, each is different, and
// no more are found than there are said to be.
#include <algorithm>
#include <vector>

#include "logs/crash_images.hpp"
#include "logs/crash_point.hpp"
#include "logs/crash_sectors.hpp"
#include "tests/fuzz/harness.hpp"
#include "tests/logs/memory_target.hpp"

namespace simcheck::fuzz {
namespace {

constexpr std::size_t kDeviceBytes = 1 << 14;
constexpr std::size_t kImagesMax = 32;

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
}  // namespace simcheck::fuzz

// The first two bytes choose the cut, the rest is the log.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  if (size < 2) return 0;
  const logs::MemorySource log(fuzz::bytes_of(data + 2, size - 2));
  const auto sound = logs::read_sound_superblock(log);
  const auto* super = std::get_if<logs::Superblock>(&sound);
  if (super == nullptr) return 0;
  for (const logs::Coverage coverage : {logs::Coverage::kLogged, logs::Coverage::kIssued})
    fuzz::make_images(log, *super,
                      {.at = data[0], .coverage = coverage, .in_flight = data[1] % 4U});
  return 0;
}
