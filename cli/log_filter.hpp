// Options that name entries of a log: by flag, by index, by what they cover.
#pragma once

#include <memory>

#include "cli/cli11_names.hpp"
#include "logs/filter.hpp"

namespace simcheck::cli {

/// Adds --flag, --from, --to and --sector, which fill `filter`.
void add_filter_options(CLI::App& command, const std::shared_ptr<logs::EntryFilter>& filter);

}  // namespace simcheck::cli
