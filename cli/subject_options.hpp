// The options that say what is under test, for all commands that run a driver.
#pragma once

#include <string>
#include <string_view>

#include "cli/option_group.hpp"
#include "cli/options.hpp"

namespace simcheck::cli {

/// --driver. Like all of these, `options` must outlive the app.
void add_driver(OptionGroup& group, Options& options);

/// What stands around the driver: --detect-zeroes, --block-layer, --log-sector-size and
/// --super-interval.
void add_surroundings(OptionGroup& group, Options& options);

/// Two of these, where the others are not wanted.
void add_detect_zeroes(OptionGroup& group, Options& options);
void add_super_interval(OptionGroup& group, Options& options);

/// --threads; and what a power cut leaves and what follows it: --durability, --disk-sector,
/// --recovery and --cuts.
void add_threads(OptionGroup& group, Options& options);
void add_power_cuts(OptionGroup& group, Options& options);

/// --workload, of a check; --property, with what is the default.
void add_workload(OptionGroup& group, Options& options);
void add_property(OptionGroup& group, Options& options, const std::string& default_words);

/// The values of --workload and --property. They throw UsageError.
void set_workload(Options& options, const std::string& text);
void choose_property(Options& options, std::string_view name);

}  // namespace simcheck::cli
