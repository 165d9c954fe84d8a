// A simulated run as text.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "model/simulation.hpp"

namespace simcheck::reports {

/// Lines of at most `width` columns; quiet: the verdict alone.
void write_text(std::ostream& out, const model::SimulatedRun& run, std::size_t width, bool quiet);

/// "holds in this run", "violated: no-overlap, contiguous", "interrupted: no violation so far".
std::string verdict_line(const model::SimulatedRun& run);

/// "950 ns", "12.3 us", "1.25 s".
std::string virtual_time(std::uint64_t ns);

/// The command that explores every order of the requests that were in flight when the first promise
/// was broken; empty if these are not known, or too many.
std::string narrowing_line(const model::SimulatedRun& run);

/// How many requests were in flight, on average over the run's time.
double mean_depth(const model::SimulatedRun& run);

}  // namespace simcheck::reports
