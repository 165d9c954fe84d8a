// The file of --checkpoint and --resume: the state of a check, with what it is the state of.
//
// A line that names the format and its version; the size of the head; the head: the program's
// version and the settings; the size of the state; the state; a checksum of all of it. Numbers and
// the two parts are as model/archive.hpp has them, so the file is for the same kind of machine.
#pragma once

#include <string>

#include "cli/settings.hpp"

namespace simcheck::cli {

class CheckpointFile {
 public:
  /// Throws UsageError if no file can be written at `path`; leaves there what there is.
  CheckpointFile(std::string path, Settings settings);

  /// Replaces the file at once, or not at all. If it cannot be written, standard error tells why,
  /// and a later save may succeed.
  void save(const std::string& state);

  /// Throws UsageError if the last save failed.
  void require_saved() const;

  const std::string& path() const { return path_; }

 private:
  void write(const std::string& state) const;

  std::string path_;
  Settings settings_;
  std::string failure_;  // of the last save; empty: it was none
};

/// Does the file begin as one that this class wrote, in whatever version?
bool is_checkpoint(const std::string& path);

/// The state in a file. Throws UsageError if it cannot be read, is damaged, or was saved by another
/// version or with other settings: which, and what to do.
std::string read_checkpoint(const std::string& path, const Settings& settings);

}  // namespace simcheck::cli
