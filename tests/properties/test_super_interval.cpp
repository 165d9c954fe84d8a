// super-interval on histories written by hand.

#include <doctest/doctest.h>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"

namespace simcheck::test {
namespace {

std::string super_interval(const HistoryBuilder& h) {
  return verdict(*properties::make_super_interval(), h);
}

// Two requests, one after the other; the superblock counts `first`, then `second` entries.
HistoryBuilder two_stages(std::uint64_t interval, std::uint64_t first, std::uint64_t second) {
  HistoryBuilder h;
  h.super_interval = interval;
  const auto a = h.flush(), b = h.flush();
  h.submit(a).place(a, 1).super(a, first).acknowledge(a);
  h.submit(b).place(b, 2).super(b, second).acknowledge(b);
  return h;
}

}  // namespace

TEST_CASE("at every rest the superblock is new enough") {
  CHECK(super_interval(two_stages(1, 1, 2)) == "holds");
  CHECK(super_interval(two_stages(2, 0, 2)) == "holds");
}

TEST_CASE("an interval that nothing reaches, or that is not known") {
  CHECK(super_interval(two_stages(3, 0, 0)) == "not exercised");
  CHECK(super_interval(two_stages(0, 0, 0)) == "not exercised");
}

TEST_CASE("planted: an update is missing at the end") {
  CHECK(super_interval(two_stages(1, 1, 1)) ==
        "step 7: nothing is in flight, 2 entries were logged and the superblock is updated every "
        "1, but it counts 1");
}

TEST_CASE("planted: an update is missing between two stages") {
  CHECK(
      super_interval(two_stages(1, 0, 2)).starts_with("step 3: nothing is in flight, 1 entry was"));
}

TEST_CASE("while something is in flight the superblock may lag behind") {
  HistoryBuilder h;
  h.super_interval = 1;
  const auto a = h.flush(), b = h.flush();
  h.submit(a).submit(b).place(a, 1).place(b, 2).acknowledge(a).super(b, 2).acknowledge(b);
  CHECK(super_interval(h) == "holds");
}

TEST_CASE("it may count more than it must") {
  CHECK(super_interval(two_stages(2, 1, 2)) == "holds");
}

TEST_CASE("after a failure nothing is promised") {
  HistoryBuilder h;
  h.super_interval = 1;
  const auto a = h.flush(), b = h.flush();
  h.submit(a).place(a, 1).acknowledge(a, sim::IoStatus::kIoError);
  h.submit(b).place(b, 2).super(b, 1).acknowledge(b);
  CHECK(super_interval(h) == "not exercised");
}

}  // namespace simcheck::test
