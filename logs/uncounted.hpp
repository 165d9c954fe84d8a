// Entries behind the superblock's count that are likelier the end of this log than an older one's.
// What they wrote to the data device may be there or not yet: it holds their content or that of the
// counted entries, atom by atom.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "logs/byte_compare.hpp"
#include "logs/last_writers.hpp"
#include "logs/walk.hpp"

namespace simcheck::logs {

class Uncounted {
 public:
  // `from`: the log sector of the first; nothing: there are none. The source outlives the object.
  Uncounted(const ByteSource& log, std::uint32_t sector_size, std::optional<std::uint64_t> from)
      : log_(log), sector_size_(sector_size), from_(from) {}

  // Where each that changes the device does so, in log order; zeroes between entries are passed
  // over. False when the medium fails.
  bool for_each(const std::function<void(const LastWrite&)>& visit) const;

 private:
  const ByteSource& log_;
  std::uint32_t sector_size_;
  std::optional<std::uint64_t> from_;
};

// Where the bytes of a write lie in the log.
inline std::uint64_t data_at(const LastWrite& written, std::uint64_t sector_size) {
  const Entry& entry = written.entry;
  return (entry.log_sector + 1) * sector_size + (written.begin - entry.header.sector * sector_size);
}

// Atoms of the device that are not as the counted entries have them, where others wrote, too.
class Doubts {
 public:
  Doubts(const Uncounted& uncounted, const ByteSource& log, std::uint32_t sector_size,
         ByteCompare& compare);

  // Adds those of a counted write, or of a stretch of the base. Where there are too many to
  // remember they are settled first.
  using Unexplained = std::function<void(const LastWrite&)>;
  void add(Expected expected, const LastWrite& written, const Unexplained& unexplained);

  // Forgets all of them; calls `unexplained` for those that no uncounted entry wrote either.
  void settle(const Unexplained& unexplained);

 private:
  void explain(const LastWrite& uncounted);

  const Uncounted& uncounted_;
  Padded log_;
  std::uint32_t sector_size_;
  std::size_t atom_bytes_;
  ByteCompare& compare_;
  LastWriters doubts_{0, UINT64_MAX};
};

}  // namespace simcheck::logs
