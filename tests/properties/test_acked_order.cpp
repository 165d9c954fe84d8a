// acked-order on histories written by hand.

#include <doctest/doctest.h>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"
#include "tests/properties/stories.hpp"

namespace simcheck::test {
namespace {

std::string acked_order(const HistoryBuilder& h) {
  return verdict(*properties::make_acked_order(), h);
}

}  // namespace

TEST_CASE("one request after the other, logged in that order") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.run(a).run(b);
  CHECK(acked_order(h) == "holds");
}

TEST_CASE("requests in flight together may be logged in any order") {
  CHECK(acked_order(two_in_flight()) == "not exercised");
}

TEST_CASE("planted: a driver that logs from the end of the log") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.submit(a).place(a, 5).acknowledge(a).submit(b).place(b, 4).acknowledge(b);
  CHECK(acked_order(h) ==
        "step 4: request A (write 0 512) was acknowledged before request B (flush) was submitted, "
        "but has its entry at log sector 5, not below sector 4");
}

TEST_CASE("an acknowledgement in advance of the entry counts") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.submit(a).acknowledge(a).submit(b).place(b, 1).place(a, 2);
  CHECK(acked_order(h).starts_with("step 4: request A (write 0 512) was acknowledged before"));
}

TEST_CASE("two entries at one place are in no order") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.submit(a).place(a, 1).acknowledge(a).submit(b).place(b, 1);
  CHECK(acked_order(h).starts_with("step 4: "));
}

TEST_CASE("requests without an entry order nothing") {
  HistoryBuilder h;
  const auto a = h.add({.kind = sim::IoKind::kRead, .length = 512}), b = h.flush();
  h.submit(a).acknowledge(a).submit(b).place(b, 1).acknowledge(b);
  CHECK(acked_order(h) == "not exercised");
}

TEST_CASE("the highest entry so far is what counts, not the last") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush(), c = h.flush();
  h.submit(a).submit(b).place(a, 3).place(b, 1).acknowledge(a).acknowledge(b);
  h.submit(c).place(c, 2);
  CHECK(
      acked_order(h) ==
      "step 7: request A (flush) was acknowledged before request C (flush) was submitted, but has "
      "its entry at log sector 3, not below sector 2");
}

TEST_CASE("the order of submissions and acknowledgements is observed") {
  const auto observes = properties::make_acked_order()->observes().orders.front();
  CHECK(observes.reads == 1U << static_cast<unsigned>(sim::EventKind::kSubmitted));
  CHECK(observes.writes == 1U << static_cast<unsigned>(sim::EventKind::kAcknowledged));
}

}  // namespace simcheck::test
