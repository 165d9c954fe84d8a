// Guesses for progress: how large a workload is, and how much of a search tree is explored.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "model/tree_share.hpp"
#include "model/workload_check.hpp"
#include "model/workload_weight.hpp"
#include "tests/model/drivers_under_check.hpp"

namespace simcheck::test {
namespace {

// What an exploration says of itself before each execution.
std::vector<double> shares_of(const model::CheckOptions& options) {
  std::vector<double> shares;
  model::check_workload(options, options.workloads.front(), [&](model::Pause& pause) {
    shares.push_back(pause.share());
    return false;
  });
  return shares;
}

}  // namespace

TEST_CASE("a node's children weigh the same") {
  model::TreeShare share;
  share.enter(1, 3);  // one of four is done
  CHECK(share.done() == doctest::Approx(0.25));
  share.enter(1, 1);  // half of the second
  CHECK(share.done() == doctest::Approx(0.375));
  share.enter(0, 0);
  CHECK(share.done() == doctest::Approx(0.375));
}

TEST_CASE("the share of dfs rises from nothing to all") {
  model::CheckOptions options = options_for("fixed", "2*write");
  options.strategy = model::StrategyKind::kDfs;
  const std::vector<double> shares = shares_of(options);
  CHECK(shares.front() == 0);
  CHECK(std::ranges::is_sorted(shares));
  CHECK(shares.back() > 0.9);
}

TEST_CASE("the share of dpor ends near the whole") {
  const std::vector<double> shares = shares_of(options_for("fixed", "3*zeroes, write"));
  CHECK(shares.front() == 0);
  CHECK(*std::ranges::max_element(shares) <= 1);
  CHECK(shares.back() > 0.9);
}

TEST_CASE("samples count") {
  model::CheckOptions options = options_for("fixed", "2*write");
  options.strategy = model::StrategyKind::kRandom;
  options.sampling.samples = 4;
  CHECK(shares_of(options) == std::vector<double>{0, 0.25, 0.5, 0.75, 1});
}

TEST_CASE("workloads weigh what their orders are") {
  CHECK(model::weight_of(workload("3*zeroes"), false) == 36);
  CHECK(model::weight_of(workload("3*zeroes"), true) == 6);
  CHECK(model::weight_of(workload("2*zeroes, write"), true) == 18);
  CHECK(model::weight_of(workload("2*zeroes ; write"), false) == 4);
}

}  // namespace simcheck::test
