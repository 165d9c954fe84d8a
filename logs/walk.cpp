#include "logs/walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "logs/words.hpp"

namespace simcheck::logs {
namespace {

// A mark's text and its NUL lie in the header's sector.
bool mark_is_sound(SectorReader& reader, const Entry& entry) {
  const EntryHeader& header = entry.header;
  const std::uint64_t room = reader.sector_size() - kEntryHeaderBytes;
  if (header.nr_sectors != 0) return false;
  if (header.data_len == 0) return true;
  if (header.data_len >= room) return false;
  std::vector<std::byte> text(header.data_len + 1);
  reader.read(entry.log_sector, kEntryHeaderBytes, text);
  return std::find(text.begin(), text.end(), std::byte{0}) == text.end() - 1;
}

bool sizes_fit(const EntryHeader& header, std::uint64_t log_sector, std::uint32_t sector_size) {
  if (header.nr_sectors > UINT64_MAX - header.sector) return false;
  if (!checked_mul(header.sector + header.nr_sectors, sector_size)) return false;
  const std::uint64_t data = data_sectors(header);
  return data < UINT64_MAX - log_sector && checked_mul(log_sector + 1 + data, sector_size);
}

}  // namespace

SectorReader::SectorReader(const ByteSource& source, std::uint32_t sector_size,
                           std::size_t window_bytes)
    : window_(source, window_bytes), sector_size_(sector_size) {}

EntryHeader SectorReader::header_at(std::uint64_t sector) {
  std::array<std::byte, kEntryHeaderBytes> bytes;
  window_.read(sector * sector_size_, bytes);
  return decode_entry(bytes);
}

std::uint64_t SectorReader::zero_sectors(std::uint64_t sector, std::uint64_t limit) {
  if (sector >= sectors()) return 0;
  limit = std::min(limit, sectors() - sector);
  return window_.zero_run(sector * sector_size_, limit * sector_size_) / sector_size_;
}

bool SectorReader::padding_is_zero(std::uint64_t sector, std::uint64_t text_bytes) {
  const std::uint64_t used = kEntryHeaderBytes + text_bytes;
  if (used >= sector_size_) return true;
  const std::uint64_t rest = sector_size_ - used;
  return window_.zero_run(sector * sector_size_ + used, rest) == rest;
}

std::string SectorReader::mark_text(const Entry& entry) {
  std::vector<std::byte> bytes(entry.header.data_len);
  read(entry.log_sector, kEntryHeaderBytes, bytes);
  std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  return text.substr(0, text.find('\0'));
}

void SectorReader::read(std::uint64_t sector, std::uint64_t offset_bytes, std::span<std::byte> to) {
  window_.read(sector * sector_size_ + offset_bytes, to);
}

HeaderFault fault_of(SectorReader& reader, const Entry& entry) {
  const EntryHeader& header = entry.header;
  if (entry.log_sector >= reader.sectors()) return HeaderFault::kPastEnd;
  if (header.flags > kFlagsAll) return HeaderFault::kFlags;
  if (!sizes_fit(header, entry.log_sector, reader.sector_size())) return HeaderFault::kOverflow;
  if ((header.flags & kFlagMark) != 0) {
    return mark_is_sound(reader, entry) ? HeaderFault::kNone : HeaderFault::kMark;
  }
  // Kernels 4.15 to 4.20 set data_len for DAX writes, whose data lies where any other's does.
  if (header.data_len > data_sectors(header) * reader.sector_size()) {
    return HeaderFault::kDataLength;
  }
  return entry.placed().end() > reader.sectors() ? HeaderFault::kBounds : HeaderFault::kNone;
}

bool parses_as_header(SectorReader& reader, std::uint64_t sector) {
  if (sector >= reader.sectors()) return false;
  const Entry entry{0, sector, reader.header_at(sector)};
  const bool mark = (entry.header.flags & kFlagMark) != 0;
  if (is_blank(entry.header) || (!mark && entry.header.data_len != 0)) return false;
  return fault_of(reader, entry) == HeaderFault::kNone &&
         reader.padding_is_zero(sector, mark ? entry.header.data_len : 0);
}

Walk::Step Walk::step() {
  if (fault_ != HeaderFault::kNone) return Step::kFault;
  if (left_ == 0) return Step::kEnd;
  entry_ = next_;
  if (entry_.log_sector < reader_.sectors()) entry_.header = reader_.header_at(entry_.log_sector);
  fault_ = fault_of(reader_, entry_);
  if (fault_ != HeaderFault::kNone) return Step::kFault;
  if (!is_blank(entry_.header)) {
    next_ = {entry_.index + 1, entry_.placed().end(), {}};
    --left_;
    return Step::kEntry;
  }
  // At least one: a blank header's sector may still hold something behind the header.
  blanks_ = std::max<std::uint64_t>(1, reader_.zero_sectors(entry_.log_sector, left_));
  next_ = {entry_.index + blanks_, entry_.log_sector + blanks_, {}};
  left_ -= blanks_;
  return Step::kBlanks;
}

std::optional<Superblock> read_superblock(const ByteSource& source) {
  std::array<std::byte, kSuperblockBytes> bytes;
  if (source.size() < bytes.size() || !source.read(0, bytes)) return std::nullopt;
  return decode_superblock(bytes);
}

Result<Superblock> read_sound_superblock(const ByteSource& source) {
  const std::optional<Superblock> super = read_superblock(source);
  if (!super) {
    return Error{fmt::format("no log: {}, a superblock takes {}", counted(source.size(), "byte"),
                             kSuperblockBytes)};
  }
  if (super->magic != kMagic) {
    return Error{fmt::format("no log: it begins with {:#x}, a log with the magic number {:#x}",
                             super->magic, kMagic)};
  }
  if (super->version != kVersion) {
    return Error{
        fmt::format("log of format version {}, only {} is known", super->version, kVersion)};
  }
  if (!is_sector_size(super->sector_size)) {
    return Error{fmt::format("log with sector size {}, it must be a power of two from {} to {}",
                             super->sector_size, kSectorSizeMin, kSectorSizeMax)};
  }
  return *super;
}

}  // namespace simcheck::logs
