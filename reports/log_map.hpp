// The log of a counterexample as a line of sectors: what was put where, and below it what each
// entry's header claims, with the overlap marked.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/result.hpp"

namespace simcheck::reports {

struct LogMapOptions {
  std::size_t width = 100;
  bool every_part = false;  ///< also those parts of a long log in which all is as it should be
  bool colour = false;      ///< for a terminal that has some
};

/// Lines of at most `width` columns: runs of like sectors are abbreviated, then the map is cut into
/// parts. Empty if the trace has no log.
std::vector<std::string> log_map(const model::Trace& trace, const LogMapOptions& options);

}  // namespace simcheck::reports
