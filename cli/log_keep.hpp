// The copy that --keep leaves behind of what failed a check.
#pragma once

#include <string>
#include <vector>

namespace simcheck::cli {

constexpr const char* kKeepAdvice = "--keep can name a file elsewhere";
constexpr const char* kKeepInterrupted = "interrupted before the failing image was kept";

/// Throws UsageError unless a file can be left at `path` without loss: it is none of the files
/// `in_use`, by whatever name; with `force` a regular file or nothing is there, without it nothing;
/// and a file can be made in its folder.
void require_keepable(const std::string& path, bool force, const std::vector<std::string>& in_use);

/// What `path` is a file in, and how it is called there.
std::string folder_of_kept(const std::string& path);
std::string stem_of_kept(const std::string& path);

}  // namespace simcheck::cli
