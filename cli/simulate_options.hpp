// The options of `simcheck simulate`.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cli/cli11_names.hpp"
#include "cli/options.hpp"
#include "cli/output_paths.hpp"
#include "model/request_source.hpp"
#include "sim/simulate.hpp"

namespace simcheck::cli {

inline constexpr std::uint64_t kRequestsDefault = 1'000'000;

struct SimulateCommand {
  Options subject;  ///< driver, surroundings, workload, properties, output
  std::uint32_t depth = 8;
  std::uint64_t seed = 1;
  std::optional<std::uint64_t> requests;
  std::optional<std::uint32_t> segment;
  model::RequestMix mix;
  bool mix_given = false;    ///< or one of its sizes
  bool range_given = false;  ///< of its sizes
  sim::LatencyModel latency;
  bool access_given = false;          ///< of `latency`
  std::vector<NamedPath> histograms;  ///< files of the latencies
};

/// Defines them; parsing fills `command`, which must outlive the app. Bad values throw UsageError.
void add_simulate_options(CLI::App& app, SimulateCommand& command);

/// Fills in defaults and refuses what makes no sense together, with a UsageError.
void settle(SimulateCommand& command);

/// "60 % write, 20 % zeroes, 10 % discard, 10 % flush, of 4k each in 64m".
std::string in_words(const model::RequestMix& mix);

}  // namespace simcheck::cli
