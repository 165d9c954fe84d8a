// The log-writes format: what a superblock and an entry header hold, and their bytes.
//
// Little-endian, packed, the same for QEMU's blklogwrites and the kernel's dm-log-writes; see
// docs/log-format.md. This file leaves out where entries lie (placement.hpp), how a log is walked
// (walk.hpp) and what is wrong with one (rules.hpp). Encoding and decoding allocate nothing.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>

namespace simcheck::logs {

inline constexpr std::uint64_t kMagic = 0x6a736677736872;
inline constexpr std::uint64_t kVersion = 1;

// Bytes that carry meaning; the rest of the sector is zero (a mark's text apart).
inline constexpr std::size_t kSuperblockBytes = 28;
inline constexpr std::size_t kEntryHeaderBytes = 32;

inline constexpr std::uint32_t kSectorSizeMin = 32;
inline constexpr std::uint32_t kSectorSizeMax = 8388608;
inline constexpr std::uint32_t kSectorSizeDefault = 512;

// The first log sector that may hold an entry: sector 0 is the superblock's.
inline constexpr std::uint64_t kFirstEntrySector = 1;

inline constexpr std::uint64_t kFlagFlush = 1;
inline constexpr std::uint64_t kFlagFua = 2;
inline constexpr std::uint64_t kFlagDiscard = 4;
inline constexpr std::uint64_t kFlagMark = 8;
inline constexpr std::uint64_t kFlagMetadata = 16;
inline constexpr std::uint64_t kFlagsAll = 31;

// The text of the mark with which the kernel target ends a log it closed cleanly.
inline constexpr const char* kEndMark = "dm-log-writes-end";

struct Superblock {
  std::uint64_t magic = kMagic;
  std::uint64_t version = kVersion;
  std::uint64_t nr_entries = 0;
  std::uint32_t sector_size = kSectorSizeDefault;

  friend bool operator==(const Superblock&, const Superblock&) = default;
};

struct EntryHeader {
  std::uint64_t sector = 0;      // of the data device, in log sector units
  std::uint64_t nr_sectors = 0;  // length of the request; of the data behind too, unless DISCARD
  std::uint64_t flags = 0;
  std::uint64_t data_len = 0;  // bytes of a mark's text; else 0

  friend bool operator==(const EntryHeader&, const EntryHeader&) = default;
};

// True for what every producer of this format accepts: a power of two in 32..8388608.
constexpr bool is_sector_size(std::uint64_t bytes) {
  return std::has_single_bit(bytes) && bytes >= kSectorSizeMin && bytes <= kSectorSizeMax;
}

// Sectors of data behind an entry's header: a discard's length is the request's alone.
constexpr std::uint64_t data_sectors(std::uint64_t nr_sectors, std::uint64_t flags) {
  return (flags & kFlagDiscard) != 0 ? 0 : nr_sectors;
}
constexpr std::uint64_t data_sectors(const EntryHeader& header) {
  return data_sectors(header.nr_sectors, header.flags);
}

// a + b, or the largest number where that does not fit: sizes in a log may be any 64 bits.
constexpr std::uint64_t saturating_add(std::uint64_t a, std::uint64_t b) {
  return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

// a * b, or nothing where that does not fit.
constexpr std::optional<std::uint64_t> checked_mul(std::uint64_t a, std::uint64_t b) {
  if (a != 0 && b > UINT64_MAX / a) return std::nullopt;
  return a * b;
}

namespace detail {
template <typename T>
constexpr T little_endian(T value) {
  if constexpr (std::endian::native == std::endian::little) return value;
  T swapped = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i, value >>= 8)
    swapped = (swapped << 8) | (value & 0xff);
  return swapped;
}
template <typename T>
T load(const std::byte* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return little_endian(value);
}
template <typename T>
void store(std::byte* to, T value) {
  value = little_endian(value);
  std::memcpy(to, &value, sizeof value);
}
}  // namespace detail

// Inline because the model checker decodes millions of headers a second.
inline void encode(const EntryHeader& header, std::span<std::byte, kEntryHeaderBytes> to) {
  detail::store(to.data(), header.sector);
  detail::store(to.data() + 8, header.nr_sectors);
  detail::store(to.data() + 16, header.flags);
  detail::store(to.data() + 24, header.data_len);
}

inline EntryHeader decode_entry(std::span<const std::byte, kEntryHeaderBytes> from) {
  return {detail::load<std::uint64_t>(from.data()), detail::load<std::uint64_t>(from.data() + 8),
          detail::load<std::uint64_t>(from.data() + 16),
          detail::load<std::uint64_t>(from.data() + 24)};
}

inline void encode(const Superblock& super, std::span<std::byte, kSuperblockBytes> to) {
  detail::store(to.data(), super.magic);
  detail::store(to.data() + 8, super.version);
  detail::store(to.data() + 16, super.nr_entries);
  detail::store(to.data() + 24, super.sector_size);
}

inline Superblock decode_superblock(std::span<const std::byte, kSuperblockBytes> from) {
  return {detail::load<std::uint64_t>(from.data()), detail::load<std::uint64_t>(from.data() + 8),
          detail::load<std::uint64_t>(from.data() + 16),
          detail::load<std::uint32_t>(from.data() + 24)};
}

// "FLUSH|FUA", "-" for none, unknown bits as a hexadecimal number.
std::string flag_names(std::uint64_t flags);

}  // namespace simcheck::logs
