// Is what lies in the log the entry of a request? The header tells what, the data behind it the
// rest.
#pragma once

#include <bit>
#include <cstdint>

#include "logs/format.hpp"
#include "sim/event_history.hpp"

namespace simcheck::properties {

inline bool belongs_in_log(const sim::RequestInfo& request) {
  return request.kind != sim::IoKind::kRead;
}

/// `shift` is the log's sector size as a power of two: a division is what a judgement spends its
/// time on.
inline bool has_header(const sim::RequestInfo& request, const logs::EntryHeader& header,
                       int shift) {
  if (header.data_len != 0) return false;
  std::uint64_t flags = header.flags;
  if (request.fua) flags &= ~logs::kFlagFua;  // may be told, need not
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

/// Does the entry with this header at log sector `sector` hold the request's data?
inline bool has_data(const sim::History& history, const sim::RequestInfo& request,
                     std::uint64_t sector, const logs::EntryHeader& header) {
  const int shift = std::countr_zero(history.log_sector_size);
  const std::uint64_t count = logs::data_sectors(header);
  const std::uint64_t begin = (sector + 1) << shift;
  if (request.mixed) return checksum_of(*history.log, begin, count << shift) == request.checksum;
  return is_filled(*history.log, begin, count << shift, request.fill);
}

}  // namespace simcheck::properties
