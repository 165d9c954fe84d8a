// contiguous on histories written by hand.

#include <doctest/doctest.h>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"
#include "tests/properties/stories.hpp"

namespace simcheck::test {
namespace {

std::string contiguous(const HistoryBuilder& h) {
  return verdict(*properties::make_contiguous(), h);
}

}  // namespace

TEST_CASE("data behind headers, entries without gaps hold") {
  CHECK(contiguous(two_in_flight()) == "holds");
}

TEST_CASE("without an entry nothing was exercised") {
  HistoryBuilder h;
  h.submit(h.flush());
  CHECK(contiguous(h) == "not exercised");
}

TEST_CASE("the race is found when the zeroes are placed") {
  CHECK(
      contiguous(the_race()) ==
      "step 5: data of request A (zeroes 0 4k) goes to log sectors 11..18; its header at sector 1 "
      "promises it at log sectors 2..9");
}

TEST_CASE("data of the wrong length") {
  HistoryBuilder h;
  const auto a = h.write(0, 512);
  h.place(a, 1).data(a, 2, 2);
  CHECK(contiguous(h) ==
        "step 1: data of request A (write 0 512) goes to log sectors 2..3; its header at sector 1 "
        "promises it at log sector 2");
}

TEST_CASE("data of a discard") {
  HistoryBuilder h;
  const auto a = h.discard(0, 512);
  h.place(a, 1).data(a, 2, 1);
  CHECK(contiguous(h) ==
        "step 1: data of request A (discard 0 512) goes to log sector 2; its header at sector 1 "
        "promises it at no log sector");
}

TEST_CASE("data without a header") {
  HistoryBuilder h;
  h.data(h.write(0, 512), 1);
  CHECK(contiguous(h) ==
        "step 0: data of request A (write 0 512) goes to log sector 1 before any entry of it was "
        "placed");
}

TEST_CASE("data not yet placed breaks nothing") {
  HistoryBuilder h;
  h.place(h.zeroes(0, 4096), 1);
  CHECK(contiguous(h) == "holds");
}

TEST_CASE("a gap behind the superblock") {
  HistoryBuilder h;
  h.place(h.flush(), 2);
  CHECK(contiguous(h) ==
        "step 0: no entry covers log sector 1, between the superblock and entry of request A "
        "(flush) at sector 2");
}

TEST_CASE("a gap between entries placed in any order") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.place(b, 5).place(a, 1).data(a, 2);
  CHECK(contiguous(h) ==
        "step 0: no entry covers log sectors 3..4, between entry of request A (write 0 512) and "
        "entry of request B (flush) at sector 5");
}

TEST_CASE("planted: a driver that reserves a data sector for a discard") {
  HistoryBuilder h;
  const auto a = h.discard(0, 4096), b = h.flush();
  h.submit(a).submit(b).place(a, 1).place(b, 10);
  CHECK(contiguous(h).starts_with("step 3: no entry covers log sectors 2..9"));
}

}  // namespace simcheck::test
