// Suggestions for misspelt names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace simcheck::cli {

/// How many insertions, deletions, replacements and swaps of neighbours lead from one to the other.
std::size_t edit_distance(std::string_view from, std::string_view to);

/// The candidate that was most likely meant, whatever its case, the first of equals; empty if none
/// is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

/// "; did you mean 'fixed'?", or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

/// A user's text in an error message: in single quotes, unprintable bytes escaped, long ones cut.
std::string in_quotes(std::string_view text);

}  // namespace simcheck::cli
