// What happens in the course of a check, an event a line (JSON Lines): described in
// docs/formats.md and docs/events.schema.json.
//
// Events with `"timed":true` tell of times and of the machine. All others are the same bytes
// whenever the same check runs, with any number of workers, unless time or a signal ends it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/check.hpp"
#include "model/result.hpp"
#include "model/run_statistics.hpp"

namespace simcheck::reports {

inline constexpr int kEventsVersion = 1;  ///< raised when a field changes its meaning or goes

/// What decides the result, by the names of options.
using EventSettings = std::vector<std::pair<std::string, std::string>>;

// Each is one line, with its newline.

std::string start_event(std::string_view version, const EventSettings& settings,
                        std::uint64_t workloads);
std::string progress_event(const model::Progress& progress);
/// A violation as it was found. `result` is for the replay line: of the driver and its options.
std::string violation_event(const model::Result& result, std::uint64_t workload,
                            const model::Counterexample& found);
std::string workload_event(const model::WorkloadDone& done);
/// A counterexample as it is shown in the end.
std::string counterexample_event(const model::Result& result,
                                 const model::Counterexample& counterexample);
std::string cost_event(const model::Result& result, const model::RunStatistics& statistics);
std::string end_event(const model::Result& result, int exit_status);
/// The check came to no result.
std::string error_event(std::string_view message);

}  // namespace simcheck::reports
