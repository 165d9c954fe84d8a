// flush-covers-issued-only on histories written by hand.

#include <doctest/doctest.h>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"

namespace simcheck::test {
namespace {

std::string flush_covers_issued_only(const HistoryBuilder& h) {
  return verdict(*properties::make_flush_covers_issued_only(), h);
}

}  // namespace

TEST_CASE("a write that completed before the flush was issued lies before it") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.changed(a).completes(h.data_content, a).flushes(h.data_content, b).place(a, 1).place(b, 3);
  CHECK(flush_covers_issued_only(h) == "holds");
}

TEST_CASE("a write that completed later lies behind") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.changed(a).flushes(h.data_content, b).completes(h.data_content, a).place(b, 1).place(a, 2);
  CHECK(flush_covers_issued_only(h) == "not exercised");
}

TEST_CASE("planted: a write that completed later lies before the FLUSH") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.changed(a).flushes(h.data_content, b).completes(h.data_content, a).place(a, 1).place(b, 3);
  CHECK(flush_covers_issued_only(h) ==
        "step 4: the FLUSH of request B (flush) at log sector 3 lies behind the entry of request A "
        "(write 0 512) at sector 1, whose data was not on the data device yet when that was "
        "flushed, at step 2");
}

TEST_CASE("planted: an entry whose data is still in flight lies before the FLUSH") {
  HistoryBuilder h;
  const auto a = h.zeroes(0, 512), b = h.flush();
  h.place(a, 1).changed(a).flushes(h.data_content, b).place(b, 3);
  CHECK(flush_covers_issued_only(h).starts_with("step 3: "));
}

TEST_CASE("flushes cover no flushes, and a log without them says nothing") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush(), c = h.write(0, 512);
  h.flushes(h.data_content, a).flushes(h.data_content, b).place(a, 1).place(b, 2);
  h.changed(c).place(c, 3);
  CHECK(flush_covers_issued_only(h) == "not exercised");
}

TEST_CASE("writes that failed have nothing to cover") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.changed(a).flushes(h.data_content, b).completes(h.data_content, a).place(a, 1).place(b, 3);
  h.data_content.writes[0].status = sim::IoStatus::kIoError;
  CHECK(flush_covers_issued_only(h) == "not exercised");
}

}  // namespace simcheck::test
