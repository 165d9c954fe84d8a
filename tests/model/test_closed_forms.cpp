// The exact counts of n equal requests, n up to 6, for each equivalence, against
// tests/golden/closed_forms.txt, and those of `fixed` against their closed forms.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/model/drivers_under_check.hpp"
#include "tests/model/factorial.hpp"
#include "tests/support/build.hpp"
#include "tests/support/paths.hpp"

namespace simcheck::test {
namespace {

struct Row {
  std::string driver, kind;
  std::uint64_t n = 0;
  std::array<std::string, 4> counts;  // trace, trace with symmetry, observed, with symmetry
};

std::vector<Row> golden() {
  std::ifstream file(source_dir() / "tests/golden/closed_forms.txt");
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    Row row;
    std::string bar;
    std::istringstream words(line);
    words >> row.driver >> bar >> row.kind >> bar >> row.n >> bar;
    for (std::string& count : row.counts) words >> count;
    rows.push_back(row);
  }
  return rows;
}

// docs/strategies.md says why.
std::array<std::uint64_t, 4> closed_form_of_fixed(const std::string& kind, std::uint64_t n) {
  const bool is_flush = kind == "flush";
  const std::uint64_t orders = factorial(n);
  const std::uint64_t trace = orders * orders * (is_flush ? orders : 1);
  const std::uint64_t observed = orders * orders * (is_flush ? n : 1);
  return {trace, trace / orders, observed, observed / orders};
}

model::Counts counts_of(const Row& row, std::size_t mode) {
  model::CheckOptions options = options_for(row.driver, fmt::format("{}*{}", row.n, row.kind));
  options.properties = default_properties();
  options.equivalence = mode < 2 ? model::Equivalence::kTrace : model::Equivalence::kObserved;
  options.symmetry = mode % 2 == 1;
  return check(options).counts;
}

}  // namespace

TEST_CASE("every driver has its golden counts") {
  // The others are counted when the file is made.
  constexpr std::uint64_t kMost = by_build(20'000, 600);
  for (const Row& row : golden()) {
    for (std::size_t mode = 0; mode < row.counts.size(); ++mode) {
      if (row.counts[mode] == "-" || std::stoull(row.counts[mode]) > kMost) continue;
      CAPTURE(row.driver);
      CAPTURE(row.kind);
      CAPTURE(row.n);
      CAPTURE(mode);
      const model::Counts counts = counts_of(row, mode);
      CHECK(std::to_string(counts.executions) == row.counts[mode]);
      CHECK(counts.blocked == 0);
    }
  }
}

TEST_CASE("the golden counts of fixed are its closed forms") {
  for (const Row& row : golden()) {
    if (row.driver != "fixed") continue;
    CAPTURE(row.kind);
    CAPTURE(row.n);
    const auto expected = closed_form_of_fixed(row.kind, row.n);
    for (std::size_t mode = 0; mode < row.counts.size(); ++mode) {
      const bool is_counted = row.counts[mode] != "-";
      CHECK(is_counted == (expected[mode] <= 600'000));
      if (is_counted) CHECK(row.counts[mode] == std::to_string(expected[mode]));
    }
  }
}

}  // namespace simcheck::test
