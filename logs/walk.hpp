// Walking a log: the superblock, then header after header, in bounded time and memory for any
// bytes.
//
// The walk follows what headers say and stops at the first that cannot be one. What that means for
// the user is left to rules.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "logs/format.hpp"
#include "logs/image.hpp"
#include "logs/placement.hpp"

namespace simcheck::logs {

struct Entry {
  std::uint64_t index = 0;
  std::uint64_t log_sector = 0;  // where its header lies
  EntryHeader header;

  PlacedEntry placed() const { return {log_sector, header.nr_sectors, header.flags}; }
};

// Why bytes cannot be an entry header of this log, in the order of the tests.
enum class HeaderFault {
  kNone,
  kPastEnd,     // the header itself lies behind the last whole sector
  kFlags,       // a flag above 31
  kOverflow,    // sizes that do not fit 64 bits
  kMark,        // a MARK with data sectors, too long a text, or none that ends in NUL
  kDataLength,  // data_len says more than the entry holds
  kBounds,      // the entry reaches past the end of the log
};

// A log seen as sectors. Cheap for headers in order; see WindowedSource about failing media.
class SectorReader {
 public:
  SectorReader(const ByteSource& source, std::uint32_t sector_size,
               std::size_t window_bytes = WindowedSource::kWindowBytes);

  std::uint32_t sector_size() const { return sector_size_; }
  std::uint64_t sectors() const { return window_.size() / sector_size_; }  // whole ones
  bool failed() const { return window_.failed(); }
  bool a_read_failed() const { return window_.a_read_failed(); }
  std::uint64_t failed_offset() const { return window_.failed_offset(); }

  EntryHeader header_at(std::uint64_t sector);
  // All zero sectors from `sector` on, at most `limit`.
  std::uint64_t zero_sectors(std::uint64_t sector, std::uint64_t limit);
  // The rest of a header's sector, behind the header and `text_bytes` of text, is zero.
  bool padding_is_zero(std::uint64_t sector, std::uint64_t text_bytes);
  // A mark's text, cut at its first NUL. Requires data_len within the sector.
  std::string mark_text(const Entry& entry);
  void read(std::uint64_t sector, std::uint64_t offset_bytes, std::span<std::byte> to);

 private:
  WindowedSource window_;
  std::uint32_t sector_size_;
};

constexpr bool is_blank(const EntryHeader& header) { return header == EntryHeader{}; }

// Blank headers pass: a write of length zero at offset zero leaves one.
HeaderFault fault_of(SectorReader& reader, const Entry& entry);

// The strict form, for telling a header from data: also not blank, no data_len without MARK, and
// nothing behind the header in its sector.
bool parses_as_header(SectorReader& reader, std::uint64_t sector);

// Follows at most `count` headers from `sector` on. Blank sectors come as one step, however many,
// since a log of holes may have 2^50 of them.
class Walk {
 public:
  enum class Step { kEntry, kBlanks, kFault, kEnd };

  Walk(SectorReader& reader, std::uint64_t sector, std::uint64_t first_index, std::uint64_t count)
      : reader_(reader), next_{first_index, sector, {}}, left_(count) {}

  // kEntry: entry() is it. kBlanks: entry() is the first of blanks() blank headers. kFault: entry()
  // cannot be a header, see fault(); the walk is over. kEnd: all counted headers were seen.
  Step step();

  const Entry& entry() const { return entry_; }
  std::uint64_t blanks() const { return blanks_; }
  HeaderFault fault() const { return fault_; }
  std::uint64_t next_sector() const { return next_.log_sector; }
  std::uint64_t next_index() const { return next_.index; }

 private:
  SectorReader& reader_;
  Entry next_;
  std::uint64_t left_;
  Entry entry_;
  std::uint64_t blanks_ = 0;
  HeaderFault fault_ = HeaderFault::kNone;
};

// The superblock's bytes as they are, or nothing when the source is too short for them.
std::optional<Superblock> read_superblock(const ByteSource& source);

// The superblock of a source that can be walked; otherwise one line on why it cannot be.
Result<Superblock> read_sound_superblock(const ByteSource& source);

}  // namespace simcheck::logs
