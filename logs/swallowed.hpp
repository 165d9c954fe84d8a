// Finds the mark that the write-zeroes race leaves in a log: headers inside another entry's data.
//
// The old driver advanced its position by a header alone, so that other requests took the sectors
// behind it and its zeroes landed further on. A reader skips the header's n sectors and lands
// somewhere in the middle. The true reading takes headers where they parse, owes n zero sectors for
// each entry that was overtaken, and finds them behind. It counts when it comes to exactly as many
// entries as the superblock says; the plain reading has then met a blank or impossible header.
//
// Several entries may be overtaken at once, and by each other: zeroes are owed to a common account,
// since whose zeroes they are makes no difference to where the next header is.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "logs/walk.hpp"

namespace simcheck::logs {

struct Swallowing {
  Entry entry;                       // the one whose data holds other headers
  std::vector<PlacedEntry> reading;  // it and those behind it in the true reading, kReadingKept
  Overlap overlap;                   // the first in `reading`

  // Behind what was read: headers and zeroes take all sectors, in whatever order.
  std::uint64_t end_sector() const;
};

inline constexpr std::size_t kReadingKept = 1 << 16;

// Collects, during a walk, the entries that may have swallowed a header.
class SwallowSuspects {
 public:
  static constexpr std::size_t kRecentMax = 1024;  // entries looked back from a blank header
  static constexpr std::size_t kSuspectsMax = 4096;

  // The next entry of the walk. Cheap: reads the sector behind its header.
  void on_entry(SectorReader& reader, const Entry& entry);
  // The walk met a blank or impossible header: the entries before it are under suspicion.
  void on_misfit();

  std::uint64_t header_like() const { return header_like_; }
  const Entry& first_header_like() const { return first_; }
  const std::vector<Entry>& suspects() const { return suspects_; }

 private:
  std::deque<Entry> recent_;
  std::vector<Entry> suspects_;
  std::uint64_t header_like_ = 0;
  Entry first_;
};

// The first suspect, in log order, from which a reading of `count` entries in all succeeds.
// `gave_up` is set when the search reached its bound of steps, linear in the length of the log.
std::optional<Swallowing> find_swallowing(SectorReader& reader, const std::vector<Entry>& suspects,
                                          std::uint64_t count, bool& gave_up);

}  // namespace simcheck::logs
