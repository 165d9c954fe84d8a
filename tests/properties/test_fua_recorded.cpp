// fua-recorded on histories written by hand.

#include <doctest/doctest.h>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"

namespace simcheck::test {
namespace {

const sim::RequestInfo kFuaWrite{.kind = sim::IoKind::kWrite, .length = 512, .fua = true};

std::string fua_recorded(const HistoryBuilder& h) {
  return verdict(*properties::make_fua_recorded(), h);
}

sim::Event fua_entry(sim::RequestId request, std::uint64_t sector) {
  return {.kind = sim::EventKind::kEntryPlaced,
          .request = request,
          .sector = sector,
          .nr_sectors = 1,
          .flags = logs::kFlagFua};
}

}  // namespace

TEST_CASE("an entry with FUA, or a FLUSH behind it") {
  HistoryBuilder flagged;
  const auto a = flagged.add(kFuaWrite);
  flagged.event(fua_entry(a, 1)).acknowledge(a);
  CHECK(fua_recorded(flagged) == "holds");
  HistoryBuilder flushed;
  const auto b = flushed.add(kFuaWrite), c = flushed.flush();
  flushed.place(b, 1).place(c, 3).acknowledge(b);
  CHECK(fua_recorded(flushed) == "holds");
}

TEST_CASE("nobody asked for FUA, or the write failed") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.add(kFuaWrite);
  h.place(a, 1).acknowledge(a).acknowledge(b, sim::IoStatus::kIoError);
  CHECK(fua_recorded(h) == "not exercised");
}

TEST_CASE("planted: a plain entry and nothing behind it") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.add(kFuaWrite);
  h.place(a, 1).place(b, 2).acknowledge(b);
  CHECK(fua_recorded(h) ==
        "step 2: request B (write 0 512 fua) is acknowledged, but its entry at log sector 2 does "
        "not carry FUA, and no FLUSH lies behind it");
}

TEST_CASE("planted: the FLUSH comes after the acknowledgement") {
  HistoryBuilder h;
  const auto a = h.add(kFuaWrite), b = h.flush();
  h.place(a, 1).acknowledge(a).place(b, 3);
  CHECK(fua_recorded(h).starts_with("step 1: "));
}

TEST_CASE("planted: it is in no entry at all") {
  HistoryBuilder h;
  const auto a = h.add(kFuaWrite), b = h.flush();
  h.place(b, 1).acknowledge(a);
  CHECK(fua_recorded(h) ==
        "step 1: request A (write 0 512 fua) is acknowledged, but it has no entry in the log");
}

TEST_CASE("behind a filter, what the guest asked is what counts") {
  HistoryBuilder h;
  h.guest_requests = {kFuaWrite};
  const auto a = h.write(0, 512), b = h.flush();  // what the driver got
  h.guest_requests[0].lane = 0;
  const sim::Event done{.kind = sim::EventKind::kGuestAcknowledged, .sector = 0};
  h.place(a, 1).acknowledge(a);
  HistoryBuilder without = h;
  without.event(done);
  CHECK(fua_recorded(without).starts_with(
      "step 2: request A (write 0 512 fua) is acknowledged, but"));
  h.place(b, 3).event(done);
  CHECK(fua_recorded(h) == "holds");
}

TEST_CASE("all of the entries that a request became count") {
  HistoryBuilder h;
  h.guest_requests = {kFuaWrite};
  const auto a = h.write(0, 512), b = h.flush(), c = h.write(512, 512);
  (void)b;
  h.place(a, 1).place(b, 3).place(c, 4);
  h.event({.kind = sim::EventKind::kGuestAcknowledged, .sector = 0});
  // C is of another lane, so what matters is A's entry, behind which lies a FLUSH.
  CHECK(fua_recorded(h) == "holds");
}

}  // namespace simcheck::test
