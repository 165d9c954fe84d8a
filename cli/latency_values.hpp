// Latencies as users write them: "100us", "uniform:20us..200us", "exponential:100us",
// "histogram:FILE".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/latency.hpp"

namespace simcheck::cli {

/// "250ns", "100us", "1.5ms", "2s"; up to an hour. Throws UsageError.
std::uint64_t read_latency_ns(std::string_view text);

/// A distribution. Throws UsageError, also for a file that cannot be read.
sim::Latency read_latency(const std::string& text);

/// The file that a distribution is read from; empty if from none.
std::string histogram_file(const std::string& text);

/// Bins of a file: of fio's --output-format=json+, the completion latencies of writes, or else of
/// reads or trims; or lines of "MAX COUNT" or "MIN MAX COUNT", where a bin without MIN begins where
/// the one before it ends. Throws UsageError with the file's name and the line.
std::vector<sim::LatencyBin> read_latency_bins(const std::string& path);

}  // namespace simcheck::cli
