// Options of `simcheck` that say how executions are searched, and how many of them.
#pragma once

#include "cli/cli11_names.hpp"
#include "cli/option_group.hpp"
#include "cli/options.hpp"

namespace simcheck::cli {

/// `options` must outlive the app.
void add_search(CLI::App& app, Options& options);
void add_bounds(CLI::App& app, Options& options);
/// --max-time, one of the bounds.
void add_max_time(OptionGroup& group, Options& options);
void add_sampling(CLI::App& app, Options& options);

}  // namespace simcheck::cli
