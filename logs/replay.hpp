// Replays entries onto a target, one after the other, as often and as far as the caller says.
//
// The result is that of the reference replayer (xfstests' replay-log) on logs that verify. Leaves
// out where to stop (replay_range.hpp) and what a target is (replay_target.hpp).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "logs/replay_batch.hpp"
#include "logs/replay_buffer.hpp"
#include "logs/walk.hpp"

namespace simcheck::logs {

enum class DiscardMode {
  kPunch,   // hand it on; zeroes where the target knows no discards
  kZero,    // the range reads as zero
  kIgnore,  // it keeps what it holds
};

struct ReplayOptions {
  DiscardMode discard = DiscardMode::kPunch;
  // Leave out what lies past the target's end; otherwise it is an Error.
  bool clip = false;
};

// What was done, by entry.
struct ReplayCounts {
  std::uint64_t writes = 0;
  std::uint64_t written_bytes = 0;
  std::uint64_t discards = 0;
  std::uint64_t discarded_bytes = 0;
  std::uint64_t zeroed_discards = 0;  // of them, zeroed since the target cannot discard
  std::uint64_t flushes = 0;          // with the flag; may write, too
  std::uint64_t marks = 0;
  std::uint64_t clipped_bytes = 0;
};

class Replayer {
 public:
  // All of them outlive the replayer. Requires is_sector_size(super.sector_size).
  Replayer(const ByteSource& log, const Superblock& super, ReplayTarget& target,
           const ReplayOptions& options = {});
  Replayer(const Replayer&) = delete;
  Replayer& operator=(const Replayer&) = delete;

  // Passes over entries without replaying them, up to entry `index`.
  std::optional<Error> skip_to(std::uint64_t index);

  // Replays the entries from next_entry() to before `end`. Asks `may_go_on` before each
  // that is not blank; on `false` it returns early, whole entries done. An Error when the log
  // cannot be read any further or the target fails; next_entry() is then the first entry that the
  // target does not hold.
  std::optional<Error> run_to(std::uint64_t end, const std::function<bool()>& may_go_on = nullptr);

  std::optional<Error> sync();

  std::uint64_t next_entry() const { return next_; }
  const ReplayCounts& counts() const { return counts_; }

 private:
  // The entry at next_, or nothing and `error`.
  std::optional<Entry> take(std::optional<Error>& error);
  // True within a row of blank headers, which may be long: moves to its end, or to `end`.
  bool pass_blanks(std::uint64_t end);
  std::optional<Error> apply(const Entry& entry);
  std::optional<Error> apply_write(const Entry& entry, std::uint64_t bytes);
  std::optional<Error> apply_discard(const Entry& entry, std::uint64_t bytes);
  std::optional<Error> write_data(const Entry& entry, std::uint64_t from, std::uint64_t bytes);
  std::optional<Error> zero_hole(const Entry& entry, std::uint64_t from, std::uint64_t bytes);
  std::optional<Error> finish_batch();
  // What comes at the end of skip_to() and run_to(): an error of theirs, or one before it.
  std::optional<Error> finish(std::optional<Error> error);
  void leave_window();
  Error target_error(std::uint64_t entry, std::uint64_t offset, int error);

  const ByteSource& source_;
  ReplayTarget& target_;
  ReplayOptions options_;
  WriteBatch batch_;
  BufferedSource log_;
  SectorReader reader_;
  Walk walk_;
  std::uint64_t next_ = 0;   // behind the entries that were taken
  std::uint64_t sound_ = 0;  // the log was whole when all before this entry had been read
  ReplayCounts counts_;
};

}  // namespace simcheck::logs
