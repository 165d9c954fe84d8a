// Every image that a cut may leave of a small disk, made one by one from its record: the oracle of
// sim/crash_image.hpp. Knows no laziness and no thrift.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/crash_image.hpp"

namespace simcheck::test {

// An image, byte by byte: which effects are there is up to the caller.
inline std::string image(const sim::CutDisk& disk,
                         const std::function<bool(std::uint32_t, std::uint64_t)>& is) {
  std::string bytes(disk.size(), '\0');
  for (const sim::DiskVersion& version : disk.record().versions) {
    for (std::uint64_t at = version.begin; at < version.end; ++at) {
      const sim::Chunk run = version.run(disk.record().bytes, at, 1);
      const std::byte byte = run.bytes != nullptr ? *run.bytes : run.fill;
      if (is(version.effect, at)) bytes[at] = static_cast<char>(byte);
    }
  }
  return bytes;
}

inline bool touches(const sim::DiskWrite& write, std::uint64_t sector, std::uint64_t size) {
  return write.length > 0 && write.overlaps(sector * size, (sector + 1) * size);
}

// All images, with repetitions, as the head of sim/crash_image.hpp defines them.
inline std::vector<std::string> every_image(const sim::CutDisk& disk) {
  const auto writes = disk.record().writes;
  std::vector<bool> durable;
  for (const auto& write : writes)
    durable.push_back(disk.record().durable_from(write) != sim::kNever);
  std::vector<std::string> images;
  const std::size_t count = writes.size(), size = disk.model().sector_bytes;
  if (disk.model().durability == sim::Durability::kCacheOff)
    images.push_back(image(disk, [](auto, auto) { return true; }));
  if (disk.model().durability == sim::Durability::kPrefix) {
    std::size_t kept = count;
    while (kept > 0 && !durable[kept - 1]) --kept;
    for (; kept <= count; ++kept)
      images.push_back(image(disk, [&](std::uint32_t effect, auto) { return effect < kept; }));
  }
  if (disk.model().durability == sim::Durability::kWholeRequests) {
    for (std::uint32_t set = 0; set < 1U << count; ++set) {
      bool keeps_durable = true;
      for (std::size_t i = 0; i < count; ++i) keeps_durable &= !durable[i] || (set >> i & 1) != 0;
      if (!keeps_durable) continue;
      images.push_back(image(disk, [&](auto effect, auto) { return (set >> effect & 1) != 0; }));
    }
  }
  if (disk.model().durability != sim::Durability::kSectorSubset) return images;
  // Of each sector, how many of its effects are there.
  std::vector<std::size_t> kept(disk.size() / size, count);
  const std::function<void(std::size_t)> choose = [&](std::size_t sector) {
    if (sector == kept.size()) {
      images.push_back(image(disk, [&](auto effect, auto at) { return effect < kept[at / size]; }));
      return;
    }
    for (kept[sector] = count;; --kept[sector]) {
      // The effects that the sector does not have make no difference.
      if (kept[sector] == 0 || touches(writes[kept[sector] - 1], sector, size)) choose(sector + 1);
      if (kept[sector] == 0 ||
          (durable[kept[sector] - 1] && touches(writes[kept[sector] - 1], sector, size)))
        return;
    }
  };
  choose(0);
  return images;
}

}  // namespace simcheck::test
