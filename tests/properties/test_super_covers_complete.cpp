// super-covers-complete on histories written by hand.

#include <doctest/doctest.h>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"

namespace simcheck::test {
namespace {

std::string super_covers_complete(const HistoryBuilder& h) {
  return verdict(*properties::make_super_covers_complete(), h);
}

}  // namespace

TEST_CASE("every entry is written before a superblock counts it") {
  HistoryBuilder h;
  const auto a = h.zeroes(0, 4096), b = h.flush();
  h.place(a, 1).data(a, 2).place(b, 10).written(a, 1, 1).written(a, 2, 8).written(b, 10, 1);
  h.super(b, 2);
  CHECK(super_covers_complete(h) == "holds");
}

TEST_CASE("a superblock that counts nothing promises nothing") {
  HistoryBuilder h;
  const auto a = h.flush();
  h.place(a, 1).super(a, 0);
  CHECK(super_covers_complete(h) == "not exercised");
}

TEST_CASE("entries beyond the count may be in any state") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.place(a, 1).place(b, 2).written(a, 1, 1).super(a, 1);
  CHECK(super_covers_complete(h) == "holds");
}

TEST_CASE("planted: a flush counts an entry whose header is in flight") {
  HistoryBuilder h;
  const auto a = h.discard(0, 4096), b = h.flush();
  h.place(a, 1).place(b, 2).written(b, 2, 1).super(b, 2).written(a, 1, 1);
  CHECK(super_covers_complete(h) ==
        "step 3: the superblock of request B (flush) takes effect and counts 2 entries, but the "
        "header of entry 1, of request A (discard 0 4k) at log sector 1, is not written yet");
}

TEST_CASE("planted: the zeroes behind a header are in flight, or were not placed yet") {
  for (const bool placed : {true, false}) {
    HistoryBuilder h;
    const auto a = h.zeroes(0, 4096), b = h.flush();
    h.place(a, 1).written(a, 1, 1).place(b, 10).written(b, 10, 1);
    if (placed) h.data(a, 2).written(a, 2, 7);
    h.super(b, 2);
    CHECK(super_covers_complete(h).find(
              "the data of entry 1, of request A (zeroes 0 4k) at log sector 1, is not "
              "written yet") != std::string::npos);
  }
}

TEST_CASE("data counts where it really went") {
  HistoryBuilder h;
  const auto a = h.zeroes(0, 4096), b = h.flush();
  h.place(a, 1).written(a, 1, 1).place(b, 2).written(b, 2, 1).data(a, 3).written(a, 3, 8);
  h.super(b, 2);
  CHECK(super_covers_complete(h) == "holds");
}

TEST_CASE("what another request wrote there does not make an entry complete") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.place(a, 1).place(b, 2).written(b, 1, 2).super(b, 2);
  CHECK(super_covers_complete(h).starts_with("step 3: "));
}

TEST_CASE("a superblock that counts more than there is") {
  HistoryBuilder h;
  const auto a = h.flush();
  h.place(a, 1).written(a, 1, 1).super(a, 3);
  CHECK(super_covers_complete(h) ==
        "step 2: the superblock of request A (flush) takes effect and counts 3 entries, but the "
        "driver placed 1");
}

TEST_CASE("a later superblock that is right does not excuse an earlier one") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.place(a, 1).place(b, 2).written(b, 2, 1).super(b, 2).written(a, 1, 1).super(a, 2);
  CHECK(super_covers_complete(h).starts_with("step 3: "));
}

TEST_CASE("the order of superblocks and other effects is observed") {
  const auto observes = properties::make_super_covers_complete()->observes();
  CHECK(observes.overwritten);
  REQUIRE(observes.orders.size() == 1);
  CHECK(observes.orders[0].reads == bit_of(sim::DeviceRole::kLog, sim::DiskMoment::kHeadEffect));
  CHECK(observes.orders[0].writes == bit_of(sim::DeviceRole::kLog, sim::DiskMoment::kBodyEffect));
}

}  // namespace simcheck::test
