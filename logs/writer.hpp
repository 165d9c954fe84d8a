// Builds log images: entries one after the other as a sound producer leaves them, or placed by hand
// as an unsound one does.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "logs/format.hpp"
#include "logs/image.hpp"

namespace simcheck::logs {

// An image under construction: extents of bytes, the rest zero. Zeroes cost no memory.
class ImageWriter {
 public:
  // Requires is_sector_size(sector_size).
  explicit ImageWriter(std::uint32_t sector_size = kSectorSizeDefault);

  // Append at the position behind the last entry, counting it. Requires whole sectors of data.
  void append_write(std::uint64_t sector, std::span<const std::byte> data, std::uint64_t flags = 0);
  void append_zeroes(std::uint64_t sector, std::uint64_t nr_sectors);
  void append_discard(std::uint64_t sector, std::uint64_t nr_sectors);
  void append_flush();
  void append_mark(std::string_view text);        // requires that it fits
  void append_header(const EntryHeader& header);  // alone; moves one sector on

  // By hand: what an unsound producer does. Later bytes cover earlier ones.
  void put_header(std::uint64_t log_sector, const EntryHeader& header);
  void put_bytes(std::uint64_t offset, std::span<const std::byte> bytes);
  void grow_to(std::uint64_t bytes);

  Superblock& super() { return super_; }  // nr_entries counts what was appended
  std::uint64_t next_sector() const { return next_sector_; }
  std::uint64_t size() const;

  std::vector<std::byte> bytes() const;

  // Replaces the file at `path` at once (temporary file beside it, fsync, rename), sparse. On an
  // Error nothing is left behind and what was there stays.
  std::optional<Error> save(const std::string& path) const;

 private:
  void cover(std::uint64_t end) { size_ = std::max(size_, end); }
  std::optional<std::string> write_to(int fd) const;

  Superblock super_;
  std::uint64_t next_sector_ = kFirstEntrySector;
  std::uint64_t size_;
  // By offset; whole sectors, so that extents never overlap partly.
  std::map<std::uint64_t, std::vector<std::byte>> sectors_;
};

}  // namespace simcheck::logs
