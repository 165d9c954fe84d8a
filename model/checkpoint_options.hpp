// What is saved of a run on its way, so that another can go on from it.
#pragma once

#include <functional>
#include <string>

namespace simcheck::model {

struct CheckpointOptions {
  /// Saves a state for good in place of the one before; empty: nothing is saved. The last state of
  /// a run is that of its end. From any worker, one at a time.
  std::function<void(const std::string& state, bool is_last)> save;
  double interval_seconds = 30;
  std::string resume_from;  ///< a state that a run with the same options saved; empty: none
};

}  // namespace simcheck::model
