// The options of a check, and their definition on the command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/catalog.hpp"
#include "cli/cli11_names.hpp"
#include "cli/exit_status.hpp"
#include "cli/initial_log.hpp"
#include "cli/output_options.hpp"
#include "cli/terminal.hpp"
#include "drivers/detect_zeroes.hpp"
#include "drivers/generations.hpp"
#include "model/check.hpp"
#include "properties/all.hpp"

namespace simcheck::cli {

inline constexpr std::uint32_t kDepthDefault = 6;
inline constexpr std::uint32_t kDepthMax = 16;
inline constexpr std::uint32_t kThreadsMax = 16;
inline constexpr std::uint32_t kCutsMax = 4;
inline constexpr std::uint32_t kStepsMax = 32'767;  ///< dpor counts a fiber's in 15 bits

struct Options {
  unsigned workers = 0;              ///< 0: one per processor
  std::string program = "simcheck";  ///< the command as it was called, without its folder
  // What is checked.
  const drivers::DriverInfo* driver = nullptr;
  std::string workload;  ///< empty: the default set
  std::uint32_t depth = kDepthDefault;
  std::optional<std::uint32_t> in_flight;  ///< of a stage; none: all, or as cut_windows() has it
  std::uint32_t threads = 1;
  drivers::DetectZeroesMode detect_zeroes = drivers::DetectZeroesMode::kOff;
  bool block_layer = false;
  const char* how_to_pad = "add --block-layer, which pads";  ///< for errors
  std::optional<std::uint32_t> log_sector_size;  ///< bytes; none: that of the log image, or 512
  std::uint64_t log_super_update_interval = 4096;

  InitialLogKind initial_log = InitialLogKind::kEmpty;

  // What goes wrong.
  model::FaultOptions faults;
  sim::FaultPlan fault_plan;
  sim::CrashModel crash_model;
  const drivers::RecoveryInfo* recovery = nullptr;  ///< always set once read
  std::uint32_t cuts = 1;

  // What must hold: in the order of the catalog, each once.
  std::vector<const properties::PropertyInfo*> properties;
  bool properties_chosen = false;
  bool all_properties = false;      ///< --property all
  bool default_properties = false;  ///< --property default, or none was chosen

  // How it is searched.
  std::optional<model::StrategyKind> strategy;    ///< always set once read
  std::string schedule;                           ///< for replay
  std::optional<model::Equivalence> equivalence;  ///< always set once read
  std::optional<bool> symmetry;                   ///< always set once read
  std::optional<std::uint64_t> states_max;        ///< none is set unless the strategy is stateful
  bool keep_going = false;
  std::uint64_t shrink_limit = 20'000;  ///< executions; 0: counterexamples stay as found
  model::Limits limits;
  std::optional<std::uint32_t> preemptions, delays;  ///< of a schedule

  // How it is sampled: none is set unless the strategy samples.
  std::optional<std::uint64_t> seed, samples;
  std::optional<std::uint32_t> pct_depth;
  std::optional<double> soak_seconds;

  // A long run: paths, empty if not wanted.
  std::string checkpoint;  ///< where it is saved; once read, `resume` if that alone was given
  std::string resume;
  std::optional<double> checkpoint_interval;  ///< seconds

  // What comes out.
  Expectation expectation = Expectation::kNone;
  bool json = false;
  OutputOptions output;
  std::string events;                      ///< path, or "-"; empty: not wanted
  std::string html;                        ///< path; empty: not wanted
  std::string save_data;                   ///< path; empty: not wanted
  std::string save_log;                    ///< path; empty: not wanted
  std::string stats;                       ///< path; empty: not wanted
  std::string trace;                       ///< path; empty: not wanted
  ColorChoice color = ColorChoice::kAuto;  ///< of text on standard output
  bool quiet = false;
  bool verbose = false;
};

/// Defines the options of a check; parsing fills `options`, which must outlive the app. Bad values
/// throw UsageError.
void add_options(CLI::App& app, Options& options);

/// Fills in defaults and refuses options that make no sense together, with a UsageError.
void settle(Options& options);

Circumstances circumstances_of(const Options& options);

}  // namespace simcheck::cli
