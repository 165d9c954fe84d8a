// The events of a check: who tells them, when, and where to.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "cli/event_file.hpp"
#include "cli/options.hpp"
#include "model/check.hpp"
#include "model/run_statistics.hpp"

namespace simcheck::cli {

class CheckEvents {
 public:
  /// Opens the file of --events and tells of the start. Throws UsageError, also if that cannot be
  /// written. `options` must outlive it; `replay_options` are for the replay lines.
  CheckEvents(const Options& options, const model::CheckOptions& check,
              const std::string& replay_options);

  void progress(const model::Progress& progress);
  void workload_done(const model::WorkloadDone& done);
  /// The check came to no result. The last event.
  void failed(const std::string& message);
  /// The last events.
  void end(const model::Result& result, const model::RunStatistics& statistics);

  /// Throws UsageError if an event could not be written.
  void require_written() const { file_.require_written(); }

 private:
  void violation(const model::WorkloadDone& done, const model::Counterexample& found);

  const Options& options_;
  EventFile file_;
  model::Result told_of_;  // what a replay line needs
  bool is_soak_;
  double next_progress_ = 0;                              // seconds
  std::set<std::pair<std::uint64_t, std::string>> told_;  // in a soak: workloads and properties
};

}  // namespace simcheck::cli
