// What sectors hold once some of the pending writes that touch them took effect.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "logs/crash_durable.hpp"

namespace simcheck::logs {

// Numbers for what neighbouring sectors may hold, each for itself: equal for equal bytes, 0 is the
// durable content. Requires that every write covers all of the sectors, or there is one sector.
struct ContentNumbers {
  std::size_t sectors = 0;
  std::vector<std::uint32_t> after;  // write by write, each sector of it
  std::vector<std::uint32_t> count;  // of each sector: how many contents

  std::uint32_t at(std::size_t write, std::size_t sector) const {
    return after[write * sectors + sector];
  }
  // Whether two sectors have the same numbers.
  bool are_alike(std::size_t a, std::size_t b) const;
};

class CrashContents {
 public:
  // The arguments outlive the object.
  CrashContents(const ByteSource& log, const ByteSource& durable, const CrashPoint& point,
                std::uint32_t disk_sector)
      : log_(log), durable_(durable), point_(point), disk_sector_(disk_sector) {}

  // The sectors' bytes on the device, whose last sector may be a part of one.
  std::uint64_t begin_of(std::uint64_t sector) const { return sector * disk_sector_; }
  std::uint64_t end_of(std::uint64_t last_sector) const;

  // Whether the write leaves nothing of [begin, end) as it was.
  bool covers(std::uint32_t write, std::uint64_t begin, std::uint64_t end) const;

  // The bytes from `begin` on, once `writes`, indices in CrashPoint::pending, took effect. False
  // when a medium fails.
  bool read(std::span<const std::uint32_t> writes, std::uint64_t begin,
            std::vector<std::byte>& to) const;

  // Numbers what sectors [begin, end) hold after each of `writes`.
  bool number(std::span<const std::uint32_t> writes, SectorRange sectors, ContentNumbers& to);

  // The first sector of the range where not all is zero, before and after `writes`, as far as holes
  // of files tell. Requires that all writes cover the range.
  std::uint64_t next_data(std::span<const std::uint32_t> writes, SectorRange sectors) const;

 private:
  bool read_durable(std::uint64_t begin, std::vector<std::byte>& to) const {
    return durable_.read(begin, to);
  }
  bool lay_over(std::uint32_t write, std::uint64_t begin, std::vector<std::byte>& content) const;
  bool number_after(const std::vector<std::byte>& content, std::size_t write, ContentNumbers& to);

  const ByteSource& log_;
  const ByteSource& durable_;
  const CrashPoint& point_;
  std::uint64_t disk_sector_;
  // While numbers are given: the contents in which some sector had something new, and its number.
  std::vector<std::vector<std::byte>> layers_;
  std::vector<std::vector<std::uint32_t>> layer_numbers_;
};

}  // namespace simcheck::logs
