// What `simcheck log replay` does once its options are read.
#pragma once

#include <optional>
#include <string>

#include "cli/log_check.hpp"
#include "logs/replay.hpp"
#include "logs/replay_range.hpp"

namespace simcheck::cli {

struct ReplayJob {
  std::string image;
  std::string target;
  logs::ReplayWish wish;
  logs::DiscardMode discard = logs::DiscardMode::kPunch;
  bool force = false;
  bool quiet = false;  // no line of progress
  bool json = false;

  std::optional<CheckCommand> check;
  logs::StopsWanted at;  // where it is run
  std::string at_text;   // the same in words, "each FLUSH"
  bool bisect = false;
  std::string keep;  // where the first failing image is left; empty: nowhere
  bool overwrite = false;
  std::string scratch;  // folder of copies; empty: where it is best
};

/// Returns the exit status: 0 done, 1 a check failed, 3 interrupted, or a log that does not
/// verify. Throws UsageError, OutputError.
int run_replay(const ReplayJob& job);

}  // namespace simcheck::cli
