// Random sound logs, and what replaying them by the letter of the format leaves.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <vector>

#include "logs/writer.hpp"

namespace simcheck::test {

inline constexpr std::uint64_t kDeviceSectors = 24;

struct RandomEntry {
  logs::EntryHeader header;
  std::vector<std::byte> data;
};

struct RandomLog {
  std::uint32_t sector_size = 512;
  std::vector<RandomEntry> entries;

  std::vector<std::byte> image() const {
    logs::ImageWriter writer(sector_size);
    for (const RandomEntry& entry : entries) {
      if ((entry.header.flags & logs::kFlagMark) != 0) {
        writer.append_mark("m");
      } else if (!entry.data.empty()) {
        writer.append_write(entry.header.sector, entry.data, entry.header.flags);
      } else {
        writer.append_header(entry.header);
      }
    }
    return writer.bytes();
  }

  // Entry by entry, sector by sector; a discard writes `discarded`.
  void apply(std::size_t index, std::vector<std::byte>& device, std::byte discarded) const {
    const RandomEntry& entry = entries[index];
    const std::size_t begin = entry.header.sector * sector_size;
    for (std::size_t i = 0; i < entry.header.nr_sectors * sector_size; ++i)
      device[begin + i] = entry.data.empty() ? discarded : entry.data[i];
  }
};

inline RandomEntry random_entry(std::uint32_t sector_size) {
  RandomEntry entry;
  const int kind = *rc::gen::inRange(0, 10);
  if (kind == 0) entry.header.flags = logs::kFlagFlush;
  if (kind == 1) entry.header.flags = logs::kFlagMark;
  if (kind == 2) return entry;  // a write of length zero
  if (kind <= 1) return entry;
  entry.header.sector = *rc::gen::inRange<std::uint64_t>(0, kDeviceSectors);
  entry.header.nr_sectors = *rc::gen::inRange<std::uint64_t>(
      1, std::min<std::uint64_t>(6, kDeviceSectors + 1 - entry.header.sector));
  if (kind == 3) {
    entry.header.flags = logs::kFlagDiscard;
    return entry;
  }
  if (kind == 4) entry.header.flags = logs::kFlagFua;
  if (kind == 5) entry.header.flags = logs::kFlagFlush;
  // Few values, so that writes may restore what was there.
  entry.data.resize(entry.header.nr_sectors * sector_size);
  for (std::size_t at = 0; at < entry.data.size(); at += sector_size)
    std::fill_n(entry.data.begin() + static_cast<std::ptrdiff_t>(at), sector_size,
                static_cast<std::byte>(*rc::gen::inRange(0, 4)));
  return entry;
}

inline RandomLog random_log(std::size_t entries_max) {
  RandomLog log;
  log.sector_size = *rc::gen::element<std::uint32_t>(128, 512, 1024);
  const auto count = *rc::gen::inRange<std::size_t>(0, entries_max + 1);
  for (std::size_t i = 0; i < count; ++i) log.entries.push_back(random_entry(log.sector_size));
  return log;
}

}  // namespace simcheck::test
