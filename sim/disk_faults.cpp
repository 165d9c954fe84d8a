// What faults do to a disk's requests; faults.hpp says it in words.
#include <algorithm>
#include <array>

#include "sim/disk.hpp"

namespace simcheck::sim {

std::uint64_t Disk::misdirection(FaultKind fault) {
  return fault == FaultKind::kMisdirected ? kDiskSectorBytes : 0;
}

std::uint64_t Disk::untorn(const DiskRequest& request) {
  if (request.fault == FaultKind::kTornEarly) return kDiskSectorBytes;
  if (request.fault != FaultKind::kTornLate) return request.length;
  return (request.length - 1) / kDiskSectorBytes * kDiskSectorBytes;
}

void Disk::corrupt(std::uint64_t begin, std::uint64_t length, std::uint32_t effect) {
  std::array<std::byte, kDiskSectorBytes> bytes;
  const auto sector = std::span(bytes).first(length);
  read_content(*this, begin, sector);
  for (std::byte& byte : sector) byte = ~byte;
  add_version(begin, {sector.data(), length, std::byte{0}}, effect);
}

FaultKind Disk::fault_of(const DiskRequest& request) const {
  const bool lies_on_it = in_bounds(request);
  return world_.faults()->next(
      world_.current(), {.lies_on_disk = lies_on_it,
                         .device = world_.role_of(*this),
                         .kind = request.kind,
                         .length = request.length,
                         .bytes_behind = lies_on_it ? size_ - request.offset - request.length : 0});
}

}  // namespace simcheck::sim
