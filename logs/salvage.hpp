// Makes a valid log of what is left of a damaged one.
//
// The new log is a superblock and stretches of the old one, one behind the other: what lies between
// them was lost. Data is never changed, and what cannot be followed is not guessed at.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "logs/format.hpp"
#include "logs/image.hpp"

namespace simcheck::logs {

// Something that is not in the new log, or not as it was.
struct Change {
  bool is_loss = false;
  std::optional<std::uint64_t> entry;       // its index in the old log
  std::optional<std::uint64_t> log_sector;  // in the old log
  std::string message;
};

struct Salvaged {
  Superblock super;
  std::vector<Change> changes;            // none: the log was sound and is the same
  std::shared_ptr<const ByteSource> log;  // reads from the old one

  std::uint64_t losses() const;
};

struct SalvageOptions {
  // Of a log whose superblock does not say; guessed when not given.
  std::optional<std::uint32_t> sector_size;
  bool counted_only = false;  // leave out entries that parse behind the superblock's count
};

// A log that verifies, as long as `source` lives. An Error when nothing of a log can be found in
// the source, or it cannot be read.
Result<Salvaged> salvage(const ByteSource& source, const SalvageOptions& options = {});

// What was done, line by line, and as a document ("format": "simcheck-log-salvage", "version": 1).
std::string salvage_text(const std::string& image, const std::string& out, const Salvaged& log);
std::string salvage_json(const std::string& image, const std::string& out, const Salvaged& log);

}  // namespace simcheck::logs
