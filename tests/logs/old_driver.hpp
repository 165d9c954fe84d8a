// The log that the driver before January 2024 leaves when requests interleave, built by hand: an
// independent model of the race for the tests, a dozen lines of what drivers/ does for real.
#pragma once

#include <cstdint>
#include <vector>

#include "logs/placement.hpp"
#include "logs/writer.hpp"

namespace simcheck::test {

enum class Kind { kWrite, kZeroes, kDiscard, kFlush };

struct Request {
  Kind kind = Kind::kZeroes;
  std::uint64_t nr_sectors = 1;
  std::uint8_t pattern = 0x5a;
};

class OldDriver {
 public:
  explicit OldDriver(std::uint32_t sector_size = 512) : image_(sector_size) {}

  // A request up to its first yield: takes a position and writes its header there.
  void begin(const Request& request) {
    const bool flush = request.kind == Kind::kFlush;
    const std::uint64_t flags = flush                            ? logs::kFlagFlush
                                : request.kind == Kind::kDiscard ? logs::kFlagDiscard
                                                                 : 0;
    const logs::EntryHeader header{flush ? 0 : 8 * (placed_.size() + 1),
                                   flush ? 0 : request.nr_sectors, flags, 0};
    image_.put_header(position_, header);
    placed_.push_back({position_, header.nr_sectors, flags});
    ++position_;
    if (request.kind == Kind::kZeroes) pending_.push_back(request.nr_sectors);
    if (request.kind != Kind::kWrite) return;
    const std::uint64_t sector_size = image_.super().sector_size;
    image_.put_bytes(
        position_ * sector_size,
        std::vector<std::byte>(request.nr_sectors * sector_size, std::byte{request.pattern}));
    position_ += request.nr_sectors;
  }
  // Lets the i-th pending write-zeroes go on: its zeroes land at the position of that moment.
  void finish(std::size_t pending) {
    position_ += pending_.at(pending);
    pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(pending));
  }
  void finish_all() {
    while (!pending_.empty()) finish(0);
  }

  std::size_t pending() const { return pending_.size(); }
  const std::vector<logs::PlacedEntry>& placed() const { return placed_; }
  // As a clean close leaves it.
  logs::ImageWriter image() {
    image_.super().nr_entries = placed_.size();
    image_.grow_to(position_ * image_.super().sector_size);
    return image_;
  }

 private:
  logs::ImageWriter image_;
  std::uint64_t position_ = 1;
  std::vector<std::uint64_t> pending_;  // how many zero sectors each will write
  std::vector<logs::PlacedEntry> placed_;
};

}  // namespace simcheck::test
