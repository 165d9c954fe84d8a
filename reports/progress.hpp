// How far a long run has come, as one line for a terminal. It goes to stderr: it tells of time.
#pragma once

#include <cstddef>
#include <string>

#include "model/check.hpp"

namespace simcheck::reports {

/// "37/209 workloads  ~12 %  1,234,567 executions  456k/s  1:05 (~7:50 left)  zeroes, write": at
/// most `width` columns; what fits no more is left out from the end, the workload's name first. No
/// newline.
std::string progress_line(const model::Progress& progress, std::size_t width = 80);

}  // namespace simcheck::reports
