#include "drivers/log_append.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace simcheck::drivers {
namespace {

constexpr std::uint64_t kFlagsAccepted =
    logs::kFlagsAll & ~logs::kFlagMetadata;  // QEMU refuses METADATA

[[noreturn]] void refuse(const std::string& why) {
  throw std::invalid_argument("log-writes: cannot append to this log: " + why);
}

logs::Superblock read_superblock(const sim::ContentView& log, std::uint32_t sector_size) {
  std::array<std::byte, logs::kSuperblockBytes> bytes;
  sim::read_content(log, 0, bytes);
  const logs::Superblock super = logs::decode_superblock(bytes);
  if (super.magic != logs::kMagic) refuse("sector 0 is no superblock");
  if (super.version != logs::kVersion) refuse(fmt::format("it is of version {}", super.version));
  if (super.sector_size != sector_size)
    refuse(fmt::format("its sectors have {} bytes, not {}", super.sector_size, sector_size));
  return super;
}

}  // namespace

AppendPoint find_append_point(const sim::ContentView& log, std::uint32_t sector_size) {
  const std::uint64_t log_end = log.size() / sector_size;
  AppendPoint point{.entries = read_superblock(log, sector_size).nr_entries};
  for (std::uint64_t i = 0; i < point.entries; ++i) {
    if (point.sector >= log_end) refuse(fmt::format("entry {} lies behind its end", i));
    std::array<std::byte, logs::kEntryHeaderBytes> bytes;
    sim::read_content(log, point.sector * sector_size, bytes);
    const logs::EntryHeader header = logs::decode_entry(bytes);
    if ((header.flags & ~kFlagsAccepted) != 0)
      refuse(fmt::format("entry {} has flags {}", i, logs::flag_names(header.flags)));
    point.sector = logs::saturating_add(point.sector + 1, logs::data_sectors(header));
  }
  return point;
}

}  // namespace simcheck::drivers
