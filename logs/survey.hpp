// What one pass over a log learns, in bounded memory: the material that rules judge.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "logs/data_compare.hpp"
#include "logs/holes.hpp"
#include "logs/no_superblock.hpp"
#include "logs/producer.hpp"
#include "logs/swallowed.hpp"
#include "logs/tail.hpp"
#include "logs/walk.hpp"
#include "logs/wrong_entry.hpp"

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
  bool can_grow = false;            // it need not be the whole of a device
  std::optional<Superblock> super;  // nothing when the file is too short for one
  bool super_is_blank = false;      // all of its bytes are zero
  NoSuperblock without_super;       // what lies behind a blank one
  std::shared_ptr<SectorReader>
      sectors;  // null, and the rest unset, when the superblock is unusable

  // The plain reading, which trusts every header.
  std::uint64_t entries = 0;     // whose headers were read and can be headers
  std::uint64_t end_sector = 0;  // the first behind them
  Traits traits;
  std::optional<Entry> before_misfit;
  std::optional<Entry> misfit;  // the header that ended the walk, and why
  HeaderFault misfit_fault = HeaderFault::kNone;

  std::vector<Blanks> blanks;  // the first kBlanksKept rows
  std::uint64_t blanks_total = 0;
  bool ends_blank = false;  // the last counted header is blank
  Blanks last_blanks;

  std::uint64_t header_like = 0;  // entries whose data begins with what would be a header
  Entry first_header_like;

  // Other readings of a log that the plain one does not explain.
  std::optional<Swallowing> swallowing;
  bool search_gave_up = false;
  std::optional<HoleReading> over_holes;  // of which there is at least one
  std::optional<WrongEntry> wrong_entry;  // the one before the impossible header
  // Under a sector size that is not the superblock's; then no other reading is looked for.
  std::optional<NoSuperblock> other_size;

  std::optional<Tail> tail;  // behind the counted entries; none when these cannot be followed

  // Set by whoever judges.
  Attribution producer;
  std::optional<DataComparison> compared;

  // Nothing but zeroes, or nothing at all: a log that was never written to its file.
  bool is_empty() const { return bytes == 0 || (super_is_blank && without_super.all_zero); }
  // The last counted entry is the mark of a clean close. Requires `sectors`.
  bool is_closed() const;
  // Where entries begin that the superblock does not count, and that are likelier the end of this
  // log than an older one's.
  std::optional<std::uint64_t> uncounted_from() const;
  // True when the count proves the holes, or an impossible header does: they are errors.
  bool holes_are_certain() const;
};

// Calls `on_entry` for every sound entry, blank ones apart.
using EntryVisitor = std::function<void(SectorReader&, const Entry&)>;

// Whoever else wants to see the plain walk, so that it is made only once.
class WalkObserver {
 public:
  virtual ~WalkObserver() = default;
  virtual void on_entry(SectorReader& reader, const Entry& entry) = 0;
  virtual void on_blanks(const Entry& first, std::uint64_t count) = 0;  // there may be 2^50 of them
  virtual void on_fault(std::uint64_t index) = 0;  // the walk ends before that entry
};

// Which other readings to look for.
struct SurveyOptions {
  bool swallowed = true;
  bool holes = true;
  bool other_sizes = true;
  WalkObserver* observer = nullptr;
};

Survey survey(const ByteSource& source, const EntryVisitor& on_entry,
              const SurveyOptions& options = {});

// The superblock has a sound magic number, version and sector size, and its sector is whole.
bool is_usable(const Superblock& super, std::uint64_t bytes);

}  // namespace simcheck::logs
