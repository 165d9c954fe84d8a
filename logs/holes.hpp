// Reads a log over holes: places where an entry was counted and its bytes never came.
//
// A driver that reserves a position and then fails to write there goes on behind it. Nothing marks
// the place: over fresh sectors it reads as a row of blank headers, over old bytes as an impossible
// header. This reading takes each such place for one entry and looks for the next header behind it:
// the first from which a chain of headers leads as far as the count says, or the furthest.
//
// It cannot see a hole over an older log whose header there happens to lead to a header: only a
// comparison with the data device can (data_compare.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "logs/repair.hpp"
#include "logs/walk.hpp"

namespace simcheck::logs {

struct Hole {
  Entry at;  // the header that cannot be one; index of what is missing
  HeaderFault fault = HeaderFault::kNone;  // of that header; none when it is blank
  std::uint64_t sectors = 0;               // from there to the next header
  bool zeroes = false;                     // all of them are
  std::uint64_t chain = 0;                 // entries between it and the next, or the end
  // Of a header that is there, but for one field: no entry is missing.
  std::optional<Repair> repair{};

  std::uint64_t end() const { return at.log_sector + sectors; }
};

struct HoleReading {
  static constexpr std::size_t kHolesMax = 4096;  // the reading ends at one more

  std::vector<Hole> holes;
  std::uint64_t spare_sectors = 0;  // of all holes, apart from one header sector each

  std::uint64_t entries = 0;     // read or taken to be missing, one for each hole
  std::uint64_t end_sector = 0;  // behind the last of them
  // Entries that parse behind the count; two stand for more.
  std::uint64_t beyond = 0;
  // Where an impossible header is with nothing behind it that parses, or one hole too many: the
  // reading ends there.
  std::optional<Entry> stuck;
  HeaderFault stuck_fault = HeaderFault::kNone;
};

// Among chains that are too short to be sure of: the first that no longer one contradicts, so that
// another hole may follow soon; or the longest within reach, so that an older log's entries in a
// large hole are passed over.
enum class Preference { kFirst, kLongest };

// Reads on from `sector`, where entry `index` should be and the plain reading met a blank or
// impossible header, up to `count` entries. Time is linear in what is read, memory bounded.
HoleReading read_over_holes(SectorReader& reader, std::uint64_t sector, std::uint64_t index,
                            std::uint64_t count, Preference preference = Preference::kFirst);

// The next header from `sector` on, before `limit`, judged by the chain behind it, of which
// `wanted` entries would be enough. Nothing when no chain of two, nor one that ends the log, is
// found.
class Resync {
 public:
  explicit Resync(SectorReader& reader, Preference preference = Preference::kFirst);
  std::optional<std::uint64_t> find(std::uint64_t sector, std::uint64_t wanted,
                                    std::uint64_t limit = UINT64_MAX);

 private:
  struct Chain {
    std::uint64_t length = 0;
    std::uint64_t end = 0;
    bool ends_log = false;  // a zero sector follows, or nothing at all
  };
  Chain chain_from(std::uint64_t sector, std::uint64_t length_max);

  SectorReader& reader_;
  Preference preference_;
  std::uint64_t steps_left_;
};

// How many entries parse strictly from `sector` on, at most `length_max`, and where they end.
struct ChainEnd {
  std::uint64_t length = 0;
  std::uint64_t sector = 0;
};
ChainEnd follow_chain(SectorReader& reader, std::uint64_t sector, std::uint64_t length_max);

}  // namespace simcheck::logs
