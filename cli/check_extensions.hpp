// Whether a program's own drivers, properties and recoveries can be registered.
#pragma once

#include "cli/extensions.hpp"

namespace simcheck::cli {

/// Throws UsageError for the first entry that breaks a rule of Extensions: what is registered
/// wrongly would be checked wrongly, or not at all, under a verdict that looks sound.
void check_extensions(const Extensions& own);

}  // namespace simcheck::cli
