// All files that a check writes, together: no two may be one, and each must be writable.
#pragma once

#include <span>
#include <string>

#include "cli/options.hpp"

namespace simcheck::cli {

/// A file and the option that names it.
struct NamedPath {
  const char* option;
  std::string path;
  bool is_tried_here = true;  ///< whether it can be written; else by whoever opens it
};

/// Throws UsageError if two outputs have one path, however it is spelt, if one is a file that is
/// read, one of `also_read` included, or cannot be written; the files of --checkpoint and --events
/// are tried by whoever opens them. Leaves nothing there, and what there is as it is.
void require_writable_outputs(const Options& options, std::span<const NamedPath> also_read = {});

}  // namespace simcheck::cli
