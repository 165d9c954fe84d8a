// The copy that --keep leaves behind of what failed a check.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace simcheck::cli {

constexpr const char* kKeepAdvice = "--keep can name a file elsewhere";

/// Throws UsageError unless a file can be left at `path` without loss: it is none of the files
/// `in_use`, by whatever name; with `overwrite` a regular file or nothing is there, without it
/// nothing; and a file can be made in its folder.
void require_keepable(const std::string& path, bool overwrite,
                      const std::vector<std::string>& in_use);

/// Carries out `keep`, and says why that was not possible; empty if it was. What was found is told
/// even if it cannot be kept.
std::string error_of_keeping(const std::function<void()>& keep);

/// What `path` is a file in, and how it is called there.
std::string folder_of_kept(const std::string& path);
std::string stem_of_kept(const std::string& path);

}  // namespace simcheck::cli
