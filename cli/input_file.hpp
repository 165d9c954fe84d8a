// Files that are read as a whole.
#pragma once

#include <string>

namespace simcheck::cli {

/// Its content. Throws UsageError with the system's reason alone: "Is a directory".
std::string read_whole_file(const std::string& path);

}  // namespace simcheck::cli
