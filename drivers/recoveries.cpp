#include "drivers/recoveries.hpp"

#include <array>
#include <bit>
#include <cstddef>

#include "logs/format.hpp"

namespace simcheck::drivers {
namespace {

logs::EntryHeader read_header(sim::BlockDevice& log, std::uint64_t offset) {
  std::array<std::byte, logs::kEntryHeaderBytes> bytes{};
  log.read(offset, bytes);
  return logs::decode_entry(bytes);
}

// No driver writes an entry that is all zeroes, unless it is a write of nothing at the start.
bool is_possible(const logs::EntryHeader& header, std::uint64_t sectors_left) {
  if (header == logs::EntryHeader{} || (header.flags & ~logs::kFlagsAll) != 0) return false;
  return logs::data_sectors(header) < sectors_left;
}

std::uint64_t count_entries(const sim::RecoveryDevices& devices, std::uint64_t counted) {
  const int shift = std::countr_zero(devices.log_sector_size);
  const std::uint64_t sectors = devices.log.size() >> shift;
  std::uint64_t sector = devices.first_log_sector;
  for (std::uint64_t n = devices.log_entries_before; n < counted; ++n) {
    const logs::EntryHeader header = read_header(devices.log, sector << shift);
    if (!is_possible(header, sectors - sector)) return n;
    sector += 1 + logs::data_sectors(header);
  }
  return counted;
}

}  // namespace

void truncate_log(const sim::RecoveryDevices& devices) {
  std::array<std::byte, logs::kSuperblockBytes> bytes{};
  devices.log.read(0, bytes);
  logs::Superblock super = logs::decode_superblock(bytes);
  if (super.magic != logs::kMagic) return;  // nothing was recorded yet
  const std::uint64_t entries = count_entries(devices, super.nr_entries);
  if (entries == super.nr_entries) return;
  super.nr_entries = entries;
  logs::encode(super, bytes);
  devices.log.write(0, sim::Payload::of(bytes), {.label = "superblock"});
  devices.log.flush();
}

std::span<const RecoveryInfo> all_recoveries() {
  static const std::array<RecoveryInfo, 2> kRecoveries{{
      {"none", "properties judge what the cut left", {}},
      {"truncate",
       "the superblock is made to count what can be walked",
       {.run = truncate_log, .writes = true}},
  }};
  return kRecoveries;
}

}  // namespace simcheck::drivers
