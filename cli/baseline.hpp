// The violations that a team knows of and has accepted for now, as a file beside their code: with
// --baseline, only others fail a check.
//
// A violation is known by driver, property, workload and the kind of its reason: its words without
// numbers, names and particulars, which change with every extent and schedule. Of each property and
// workload one reason counts, that of the first execution that broke it.
#pragma once

#include <compare>
#include <set>
#include <string>
#include <vector>

#include "model/result.hpp"

namespace simcheck::cli {

struct KnownFinding {
  std::string driver{}, property{}, workload{}, kind{};

  friend auto operator<=>(const KnownFinding&, const KnownFinding&) = default;
};

using Baseline = std::set<KnownFinding>;

/// Every violation of the result.
Baseline baseline_of(const model::Result& result);

/// One finding a line, in a stable order, so that a change is easy to review.
std::string to_text(const Baseline& baseline);
/// Throws UsageError that names the file.
Baseline read_baseline(const std::string& path);

bool is_known(const Baseline& baseline, const std::string& driver, const std::string& workload,
              const model::Broken& broken);

/// How a result compares with a baseline.
struct Comparison {
  std::size_t known = 0;
  std::vector<KnownFinding> news;
  std::vector<KnownFinding> gone;  ///< looked for and not found; empty unless all was explored
};

/// Marks what is known in the result.
Comparison compare_with(const Baseline& baseline, model::Result& result);

/// "baseline PATH: 4 known, 1 new", and what is new and gone, in lines.
std::vector<std::string> in_words(const Comparison& comparison, const std::string& path);

}  // namespace simcheck::cli
