#include "cli/initial_log.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <span>

#include "logs/format.hpp"
#include "sim/disk.hpp"

namespace simcheck::cli {
namespace {

// What an earlier run left: a write, write-zeroes, a discard, and the flush that wrote the
// superblock.
constexpr std::array<logs::EntryHeader, 4> kOlderEntries{{
    {.sector = 2048, .nr_sectors = 2},
    {.sector = 4096, .nr_sectors = 3},
    {.sector = 0, .nr_sectors = 8, .flags = logs::kFlagDiscard},
    {.flags = logs::kFlagFlush},
}};
constexpr std::byte kOlderData{0xa5};

constexpr std::uint64_t end_of_older() {
  std::uint64_t sector = logs::kFirstEntrySector;
  for (const logs::EntryHeader& header : kOlderEntries) sector += 1 + logs::data_sectors(header);
  return sector;
}

template <std::size_t kBytes, typename Part>
void write_sector(sim::Disk& log, std::uint64_t sector, std::uint32_t sector_size,
                  const Part& part) {
  std::array<std::byte, kBytes> bytes;
  logs::encode(part, bytes);
  log.prepare(sector * sector_size,
              sim::Payload::of(bytes).append_fill(std::byte{0}, sector_size - kBytes));
}

void write_older(sim::Disk& log, std::uint32_t sector_size) {
  write_sector<logs::kSuperblockBytes>(
      log, 0, sector_size,
      logs::Superblock{.nr_entries = kOlderEntries.size(), .sector_size = sector_size});
  std::uint64_t sector = logs::kFirstEntrySector;
  std::byte fill = kOlderData;
  for (const logs::EntryHeader& header : kOlderEntries) {
    write_sector<logs::kEntryHeaderBytes>(log, sector, sector_size, header);
    const std::uint64_t data = logs::data_sectors(header);
    log.prepare((sector + 1) * sector_size, sim::Payload::filled(fill, data * sector_size));
    fill = std::byte{0};  // all but the first are zeroes, if anything
    sector += 1 + data;
  }
}

}  // namespace

std::string_view to_string(InitialLogKind kind) {
  switch (kind) {
    case InitialLogKind::kEmpty:
      return "empty";
    case InitialLogKind::kZeroed:
      return "zeroed";
    case InitialLogKind::kOlder:
      return "older";
    case InitialLogKind::kAppend:
      return "append";
  }
  return "";
}

std::string in_words(InitialLogKind kind) {
  switch (kind) {
    case InitialLogKind::kEmpty:
      return "";
    case InitialLogKind::kZeroed:
      return "zeroes all over";
    case InitialLogKind::kOlder:
      return fmt::format("an older log of {} entries", kOlderEntries.size());
    case InitialLogKind::kAppend:
      return fmt::format("an older log of {} entries, appended to", kOlderEntries.size());
  }
  return "";
}

std::uint64_t sectors_of(InitialLogKind kind) {
  const bool holds_one = kind == InitialLogKind::kOlder || kind == InitialLogKind::kAppend;
  return holds_one ? end_of_older() : 1;
}

model::InitialLog initial_log(InitialLogKind kind, std::uint32_t sector_size) {
  model::InitialLog initial;
  if (kind == InitialLogKind::kEmpty) return initial;
  if (kind == InitialLogKind::kZeroed) {
    initial.write = [](sim::Disk& log) {
      log.prepare(0, sim::Payload::filled(std::byte{0}, log.size()));
    };
    return initial;
  }
  initial.write = [sector_size](sim::Disk& log) { write_older(log, sector_size); };
  if (kind == InitialLogKind::kOlder) return initial;
  initial.first_sector = end_of_older();
  initial.entries = kOlderEntries.size();
  return initial;
}

}  // namespace simcheck::cli
