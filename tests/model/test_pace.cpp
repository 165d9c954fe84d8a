// How often a worker looks at limits: at once, and never too seldom.
#include "model/pace.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>

namespace simcheck::test {

TEST_CASE("the first execution is looked at, and one of every thousand at least") {
  model::Pace pace;
  const model::Stopwatch stopwatch;
  CHECK(pace.is_due(stopwatch));
  std::uint32_t since = 0, longest = 0;
  for (std::uint32_t i = 0; i < 20 * model::Pace::kMost; ++i) {
    ++since;
    if (!pace.is_due(stopwatch)) continue;
    longest = std::max(longest, since);
    since = 0;
  }
  CHECK(longest <= model::Pace::kMost);
  CHECK(since < model::Pace::kMost);
}

}  // namespace simcheck::test
