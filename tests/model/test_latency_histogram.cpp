// Percentiles from buckets: near the true ones, for all magnitudes.
#include "model/latency_histogram.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {

using model::LatencyHistogram;

TEST_CASE("an empty histogram says zero") {
  const LatencyHistogram empty;
  CHECK(empty.count() == 0);
  CHECK(empty.min_ns() == 0);
  CHECK(empty.mean_ns() == 0);
  CHECK(empty.percentile_ns(50'000) == 0);
}

TEST_CASE("small latencies are exact") {
  LatencyHistogram histogram;
  for (std::uint64_t ns = 1; ns <= 100; ++ns) histogram.add(ns);
  CHECK(histogram.percentile_ns(50'000) == 50);
  CHECK(histogram.percentile_ns(1) == 1);
  CHECK(histogram.percentile_ns(100'000) == 100);
  CHECK(histogram.mean_ns() == 50);
}

RC_TEST_CASE("percentiles are within 1/64 of the truth",
             [](std::vector<std::uint64_t> all, std::uint8_t shift) {
               RC_PRE(!all.empty());
               for (std::uint64_t& ns : all) ns >>= shift % 64;
               LatencyHistogram histogram;
               for (const std::uint64_t ns : all) histogram.add(ns);
               std::ranges::sort(all);
               for (const std::uint64_t of : {1U, 25'000U, 50'000U, 90'000U, 99'900U, 100'000U}) {
                 const std::size_t rank = (all.size() * of + 99'999) / 100'000;
                 const std::uint64_t truth = all[rank - 1];
                 const std::uint64_t found = histogram.percentile_ns(of);
                 RC_ASSERT(std::max(truth, found) - std::min(truth, found) <= truth / 64);
               }
             });

RC_TEST_CASE("sums of histograms are histograms of all",
             [](const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
               LatencyHistogram first, second, all;
               for (const std::uint64_t ns : a) first.add(ns), all.add(ns);
               for (const std::uint64_t ns : b) second.add(ns), all.add(ns);
               first += second;
               RC_ASSERT(first.count() == all.count());
               RC_ASSERT(first.min_ns() == all.min_ns());
               RC_ASSERT(first.max_ns() == all.max_ns());
               RC_ASSERT(first.mean_ns() == all.mean_ns());
               RC_ASSERT(first.percentile_ns(75'000) == all.percentile_ns(75'000));
             });

}  // namespace simcheck::test
