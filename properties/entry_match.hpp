// Is what stands in the log the entry of a request?
#pragma once

#include <bit>
#include <cstdint>

#include "logs/format.hpp"
#include "sim/event_history.hpp"

namespace simcheck::properties {

/// Could this header be that of the request? FUA may be told for a FUA request, and need not.
inline bool has_header(const sim::RequestInfo& request, const logs::EntryHeader& header,
                       std::uint64_t log_sector_size) {
  if (header.data_len != 0) return false;
  // Sector sizes are powers of two, and a division is what a judgement spends its time on.
  const int shift = std::countr_zero(log_sector_size);
  std::uint64_t flags = header.flags;
  if (request.fua) flags &= ~logs::kFlagFua;
  switch (request.kind) {
    case sim::IoKind::kFlush:
      return header.sector == 0 && header.nr_sectors == 0 && flags == logs::kFlagFlush;
    case sim::IoKind::kRead:
      return false;
    default:
      return header.sector == request.offset >> shift &&
             header.nr_sectors == request.length >> shift &&
             flags == (request.kind == sim::IoKind::kDiscard ? logs::kFlagDiscard : 0);
  }
}

/// Does the log hold the request's data behind this header, which is one of it?
inline bool has_data(const sim::History& history, const sim::RequestInfo& request,
                     std::uint64_t header_sector, const logs::EntryHeader& header) {
  const int shift = std::countr_zero(history.log_sector_size);
  const std::uint64_t bytes = logs::data_sectors(header) << shift;
  const std::uint64_t begin = (header_sector + 1) << shift;
  if (request.mixed) return checksum_of(*history.log, begin, bytes) == request.checksum;
  return is_filled(*history.log, begin, bytes, request.fill);
}

}  // namespace simcheck::properties
