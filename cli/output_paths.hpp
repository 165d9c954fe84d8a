// All files that a check writes, together: no two may be one, and each must be writable.
#pragma once

#include "cli/options.hpp"

namespace simcheck::cli {

/// Throws UsageError if two outputs have one path, however it is spelt, if one is a file that is
/// read, or cannot be written; the files of --checkpoint and --events are tried by who opens them.
/// Leaves nothing there, and what there is as it is.
void require_writable_outputs(const Options& options);

}  // namespace simcheck::cli
