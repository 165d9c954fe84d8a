// Who wrote a log: QEMU's blklogwrites or the kernel's dm-log-writes. The format is one, but what
// is normal differs, so some rules ask.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "logs/walk.hpp"

namespace simcheck::logs {

enum class Producer { kQemu, kKernel };
std::string_view name(Producer producer);

// What the entries of a log tell about their producer.
struct Traits {
  std::uint64_t kernel_only = 0;  // MARK, FUA, METADATA or data_len: QEMU writes none of these
  Entry first_kernel_only;
  std::uint64_t marks = 0;  // of those, with nothing else that QEMU does not write
  std::uint64_t empty = 0;  // without flags and length: the kernel passes those by
  std::optional<Entry> last;

  void note(const Entry& entry);
  // The last one is the mark of a clean close.
  bool ends_closed(SectorReader& reader) const;
};

struct Attribution {
  std::optional<Producer> producer;  // nothing when the log does not tell
  bool given = false;                // by the user
  std::string why;                   // what the guess rests on
};

// A guess from what the counted entries hold and the superblock counts. `is_closed`: the last one
// is the mark of a clean close.
Attribution guess_producer(const Traits& traits, const Superblock& super, bool is_closed);

}  // namespace simcheck::logs
