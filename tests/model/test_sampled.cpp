// The odds of pct: the formula, and that no digit of it is rounded up.
#include "model/sampled.hpp"

#include <doctest/doctest.h>

namespace simcheck::test {
namespace {

using model::found_ppm;
using model::one_in;
using model::PctOdds;

TEST_CASE("1 in n k^(d-1)") {
  CHECK(one_in({.depth = 1, .fibers = 5, .steps = 100}) == 5);
  CHECK(one_in({.depth = 2, .fibers = 2, .steps = 3}) == 6);
  CHECK(one_in({.depth = 3, .fibers = 4, .steps = 36}) == 5184);
  CHECK(one_in({.depth = 16, .fibers = 4, .steps = 36}) == std::nullopt);
  CHECK(one_in({.depth = 3, .fibers = 4, .steps = 0}) == std::nullopt);
}

TEST_CASE("1 - (1 - p)^runs in millionths") {
  CHECK(found_ppm({.depth = 2, .fibers = 2, .steps = 3, .runs = 0}) == 0);
  CHECK(found_ppm({.depth = 2, .fibers = 2, .steps = 3, .runs = 1}) == 166'666);
  CHECK(found_ppm({.depth = 2, .fibers = 2, .steps = 3, .runs = 2}) == 305'555);
  CHECK(found_ppm({.depth = 3, .fibers = 4, .steps = 36, .runs = 999}) == 175'292);
  CHECK(found_ppm({.depth = 2, .fibers = 2, .steps = 3, .runs = 1'000'000}) == 999'999);
  CHECK(found_ppm({.depth = 1, .fibers = 1, .steps = 9, .runs = 1}) == 1'000'000);
  CHECK(found_ppm({.depth = 16, .fibers = 4, .steps = 36, .runs = 9}) == 0);
}

TEST_CASE("joined odds count the runs that knew the longest execution") {
  const PctOdds a{.depth = 3, .fibers = 2, .steps = 10, .runs = 5};
  const PctOdds b{.depth = 3, .fibers = 2, .steps = 10, .runs = 6};
  const PctOdds longer{.depth = 3, .fibers = 2, .steps = 11, .runs = 1};
  CHECK(joined(a, b).runs == 11);
  CHECK(joined(a, longer) == longer);
  CHECK(joined(longer, a) == longer);
}

TEST_CASE("worse odds are those that promise less, of one run if none finds anything") {
  const PctOdds few{.depth = 2, .fibers = 2, .steps = 3, .runs = 1};
  const PctOdds many{.depth = 2, .fibers = 2, .steps = 3, .runs = 2};
  const PctOdds none{.depth = 16, .fibers = 4, .steps = 36, .runs = 9};
  const PctOdds none_either{.depth = 2, .fibers = 2, .steps = 3, .runs = 0};
  CHECK(is_worse(few, many));
  CHECK_FALSE(is_worse(many, few));
  CHECK(is_worse(none, few));
  CHECK(is_worse(none, none_either));
}

}  // namespace
}  // namespace simcheck::test
