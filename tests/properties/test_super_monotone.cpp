// super-monotone on histories written by hand.

#include <doctest/doctest.h>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"

namespace simcheck::test {
namespace {

std::string super_monotone(const HistoryBuilder& h) {
  return verdict(*properties::make_super_monotone(), h);
}

}  // namespace

TEST_CASE("a superblock that counts ever more") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.super(a, 1).super(b, 2).super(a, 2);
  CHECK(super_monotone(h) == "holds");
}

TEST_CASE("one superblock alone cannot go back, nor can none") {
  HistoryBuilder h;
  const auto a = h.flush();
  h.written(a, 1, 1);
  CHECK(super_monotone(h) == "not exercised");
  h.super(a, 1);
  CHECK(super_monotone(h) == "not exercised");
}

TEST_CASE("nobody watched the disks") {
  CHECK(super_monotone(HistoryBuilder()) == "not exercised");
}

TEST_CASE("planted: an older superblock takes effect last") {
  HistoryBuilder h;
  const auto a = h.write(0, 4096), b = h.flush();
  h.place(a, 1).place(b, 10).super(b, 2).super(a, 1);
  CHECK(super_monotone(h) ==
        "step 3: the superblock of request A (write 0 4k) counts 1 entry, and takes effect after "
        "that of request B (flush), which counted 2");
}

TEST_CASE("it is enough that it went back once") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.super(a, 3).super(b, 2).super(a, 4);
  CHECK(super_monotone(h).starts_with("step 1: "));
}

TEST_CASE("what is not a superblock any more counts nothing") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.super(a, 1).written(b, 0, 1);
  CHECK(super_monotone(h).starts_with(
      "step 1: the superblock of request B (flush) counts 0 entries"));
}

TEST_CASE("super-monotone looks at what was overwritten") {
  CHECK(properties::make_super_monotone()->observes().overwritten);
  CHECK(properties::make_super_monotone()->observes().record);
}

}  // namespace simcheck::test
