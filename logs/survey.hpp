// What one pass over a log learns, in bounded memory: the material that rules judge.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "logs/swallowed.hpp"
#include "logs/walk.hpp"

namespace simcheck::logs {

// Blank headers in a row: writes of length zero, or entries that were never written.
struct Blanks {
  std::uint64_t index = 0;
  std::uint64_t log_sector = 0;
  std::uint64_t count = 0;
};

struct Survey {
  std::optional<std::uint64_t> unreadable_at;  // the medium failed there; nothing else counts then

  static constexpr std::size_t kBlanksKept = 64;

  std::uint64_t bytes = 0;
  std::optional<Superblock> super;  // nothing when the file is too short for one
  bool super_is_blank = false;      // all of its bytes are zero
  std::shared_ptr<SectorReader>
      sectors;  // null, and the rest unset, when the superblock is unusable

  std::uint64_t entries = 0;     // whose headers were read and can be headers
  std::uint64_t end_sector = 0;  // the first behind them
  std::optional<Entry> misfit;   // the header that ended the walk, and why
  HeaderFault misfit_fault = HeaderFault::kNone;

  std::vector<Blanks> blanks;  // the first kBlanksKept rows
  std::uint64_t blanks_total = 0;
  bool ends_blank = false;     // the last counted header is blank...
  bool rest_is_blank = false;  // ...and so is all that lies behind it
  Blanks last_blanks;

  std::uint64_t header_like = 0;  // entries whose data begins with what would be a header
  Entry first_header_like;
  std::optional<Swallowing> swallowing;
  bool search_gave_up = false;

  // Entries that parse behind the counted ones (behind zeroes, if the walk ends in blank headers).
  std::uint64_t beyond = 0;
  std::uint64_t beyond_sector = 0;
};

// Calls `on_entry` for every sound entry, blank ones apart.
using EntryVisitor = std::function<void(SectorReader&, const Entry&)>;

Survey survey(const ByteSource& source, const EntryVisitor& on_entry);

}  // namespace simcheck::logs
