// Stories with one thing less or simpler: what shrinking tries out.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/shrink_trials.hpp"

namespace simcheck::model {

/// Without some requests; their lanes leave the schedule and the faults, and the others move up.
/// `removed` is in ascending order.
Story without_requests(const Story& story, const std::vector<std::size_t>& removed);

/// What is the same for stories that differ only in where their extents lie, as long as these keep
/// their order and share what they shared.
std::string shape_of(const Story& story);

/// Each with one fault less.
std::vector<Story> with_fewer_faults(const Story& story);

/// Each with one request of a simpler kind, or without FUA or a pattern of its own.
std::vector<Story> with_simpler_requests(const Story& story);

/// Each with one request's extent shortened to 4 KiB, or moved down to where default workloads have
/// it.
std::vector<Story> with_lower_extents(const Story& story);

/// Each with two bursts of one fiber made one.
std::vector<Schedule> with_fewer_switches(const Schedule& schedule);

/// Each with a burst that ends earlier or is left out, the most steps fewer first: for executions
/// that end as soon as something has happened, a deadlock or a power cut.
std::vector<Schedule> with_fewer_steps(const Schedule& schedule);

}  // namespace simcheck::model
