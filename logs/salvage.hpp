// Makes a valid log of what is left of a damaged one.
//
// The new log is a superblock and stretches of the old one, one behind the other: what lies between
// them was lost. Data is never changed, and what cannot be followed is not guessed at.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "logs/format.hpp"
#include "logs/image.hpp"
#include "logs/walk.hpp"

namespace simcheck::logs {

// Whole entries of the old log, to be copied as they are.
struct Stretch {
  std::uint64_t sector = 0;
  std::uint64_t sectors = 0;
  std::uint64_t entries = 0;
  std::optional<EntryHeader> header{};  // in place of the first one, which is damaged
  std::uint64_t zero_sectors = 0;       // behind it: zeroes that lie elsewhere in the old log
};

// Something that is not in the new log, or not as it was.
struct Change {
  bool is_loss = false;
  std::optional<std::uint64_t> entry;       // its index in the old log
  std::optional<std::uint64_t> log_sector;  // in the old log
  std::string message;
};

struct SalvagePlan {
  Superblock super;
  std::vector<Stretch> stretches;
  std::vector<Change> changes;  // none: the log was sound and is copied

  std::uint64_t losses() const;
};

struct SalvageOptions {
  // Of a log whose superblock does not say; guessed when not given.
  std::optional<std::uint32_t> sector_size;
  bool counted_only = false;  // leave out entries that parse behind the superblock's count
};

// An Error when nothing of a log can be found in the source, or it cannot be read.
Result<SalvagePlan> plan_salvage(const ByteSource& source, const SalvageOptions& options = {});

// Where the new log's bytes go, in order. Zeroes come as a count of bytes.
struct SalvageSink {
  std::function<void(std::span<const std::byte>)> bytes;
  std::function<void(std::uint64_t)> zeroes;
};
std::optional<Error> write_salvaged(const ByteSource& source, const SalvagePlan& plan,
                                    const SalvageSink& sink);

// What was done, line by line, and as a document ("format": "simcheck-log-salvage", "version": 1).
std::string salvage_text(const std::string& image, const std::string& out, const SalvagePlan& plan);
std::string salvage_json(const std::string& image, const std::string& out, const SalvagePlan& plan);

}  // namespace simcheck::logs
