// Names and locks of temporary copies, so that one which a kill -9 left behind is known as such.
//
// Each is called STEM.check.simcheck-XXXXXX and is locked as long as the process lives that made
// it, at a byte that no program writes: with a shared lock, which nobody meets who locks what he
// uses.
#pragma once

#include <string>

namespace simcheck::cli {

/// A new empty file in `folder`, locked, whose descriptor is not inherited; `path` gets its name.
/// -1 and errno if that fails.
int make_temporary(const std::string& folder, const std::string& stem, std::string& path);

/// Removes from `folder` the temporary files whose makers are gone. What cannot be looked at stays:
/// that of other users, and all where the file system knows no locks.
void remove_leftovers(const std::string& folder);

}  // namespace simcheck::cli
