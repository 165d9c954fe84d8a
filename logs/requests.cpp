#include "logs/requests.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "logs/rules.hpp"
#include "logs/walk.hpp"

namespace simcheck::logs {
namespace {

// The byte that an entry's data repeats, if it does. Reads no further than the first difference.
std::optional<std::uint8_t> repeated_byte(SectorReader& reader, const Entry& entry) {
  const std::uint64_t data = entry.log_sector + 1;
  const std::uint64_t bytes = entry.header.nr_sectors * reader.sector_size();
  const std::uint64_t zeroes = reader.zero_sectors(data, entry.header.nr_sectors);
  if (zeroes == entry.header.nr_sectors) return 0;
  if (zeroes > 0) return std::nullopt;  // a hole may be huge: do not read through it
  std::array<std::byte, 4096> chunk;
  std::optional<std::byte> first;
  for (std::uint64_t at = 0; at < bytes; at += chunk.size()) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(chunk.size(), bytes - at));
    const std::span<std::byte> seen = std::span(chunk).first(size);
    reader.read(data, at, seen);
    if (!first) first = seen[0];
    if (!std::all_of(seen.begin(), seen.end(), [&](std::byte b) { return b == *first; })) {
      return std::nullopt;
    }
  }
  return std::to_integer<std::uint8_t>(*first);
}

LoggedRequest request_of(SectorReader& reader, const Entry& entry) {
  const EntryHeader& header = entry.header;
  LoggedRequest request;
  request.entry = entry.index;
  request.offset_bytes = header.sector * reader.sector_size();
  request.length_bytes = header.nr_sectors * reader.sector_size();
  request.fua = (header.flags & kFlagFua) != 0;
  if ((header.flags & kFlagDiscard) != 0) {
    request.kind = RequestKind::kDiscard;
  } else if ((header.flags & kFlagFlush) != 0 && header.nr_sectors == 0) {
    request.kind = RequestKind::kFlush;
  } else if (header.nr_sectors != 0) {
    request.fill = repeated_byte(reader, entry);
    if (request.fill == std::uint8_t{0}) {
      request.kind = RequestKind::kZeroes;
      request.fill.reset();
    }
  }
  return request;
}

bool flushes_first(const EntryHeader& header) {
  return (header.flags & kFlagFlush) != 0 && header.nr_sectors != 0;
}

// The first error of the log's verdict, or nothing.
std::optional<Error> why_unsound(const ByteSource& source) {
  const Result<Verdict> verdict = verify(source);
  if (const Error* error = std::get_if<Error>(&verdict)) return *error;
  for (const Finding& finding : std::get<Verdict>(verdict).findings) {
    if (finding.rule->severity != Severity::kError) continue;
    return Error{
        fmt::format("the log does not verify ({}): {}", finding.rule->id, finding.message)};
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<LoggedRequest>> requests_of(const ByteSource& source,
                                               const RequestOptions& options) {
  if (std::optional<Error> error = why_unsound(source)) return *error;
  const Result<Superblock> sound = read_sound_superblock(source);
  if (const Error* error = std::get_if<Error>(&sound)) return *error;
  const Superblock super = std::get<Superblock>(sound);
  const std::uint64_t wanted = super.nr_entries - std::min(super.nr_entries, options.first_entry);
  if (wanted > options.entries_max) {
    return Error{
        fmt::format("the log has {} entries from entry {} on, at most {} can be a workload", wanted,
                    options.first_entry, options.entries_max)};
  }
  std::vector<LoggedRequest> requests;
  SectorReader reader(source, super.sector_size);
  Walk walk(reader, kFirstEntrySector, 0, super.nr_entries);
  for (Walk::Step step = walk.step(); step != Walk::Step::kEnd; step = walk.step()) {
    const Entry& entry = walk.entry();
    // A blank header is a write of length zero: nothing to do, but a request all the same.
    const std::uint64_t times = step == Walk::Step::kBlanks ? walk.blanks() : 1;
    for (std::uint64_t i = 0; i < times; ++i) {
      if (entry.index + i < options.first_entry) continue;
      if ((entry.header.flags & kFlagMark) != 0) continue;
      if (flushes_first(entry.header))
        requests.push_back({.kind = RequestKind::kFlush, .entry = entry.index, .fill = {}});
      requests.push_back(request_of(reader, entry));
      requests.back().entry += i;
    }
  }
  if (reader.failed()) {
    return Error{fmt::format("the image cannot be read at byte {}", reader.failed_offset())};
  }
  return requests;
}

}  // namespace simcheck::logs
