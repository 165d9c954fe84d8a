// failed-not-logged on histories written by hand.

#include <doctest/doctest.h>

#include <string>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"

namespace simcheck::test {
namespace {

std::string failed_not_logged(const HistoryBuilder& h) {
  return verdict(*properties::make_failed_not_logged(), h);
}

HistoryBuilder& no_space(HistoryBuilder& h, sim::RequestId request,
                         sim::IoKind io = sim::IoKind::kWrite,
                         sim::DeviceRole device = sim::DeviceRole::kData) {
  return h.event({.kind = sim::EventKind::kIoFailed,
                  .status = sim::IoStatus::kNoSpace,
                  .io = io,
                  .device = device,
                  .request = request});
}

}  // namespace

TEST_CASE("what failed elsewhere, or was no write, exercises nothing") {
  HistoryBuilder h;
  const auto a = h.write(0, 512);
  h.run(a);
  CHECK(failed_not_logged(h) == "not exercised");
  no_space(h, a, sim::IoKind::kWrite, sim::DeviceRole::kLog);
  no_space(h, a, sim::IoKind::kFlush);
  no_space(h, a, sim::IoKind::kRead);
  no_space(h, sim::kNoRequest);
  CHECK(failed_not_logged(h) == "not exercised");
}

TEST_CASE("a failed write without an entry, or with one that did not get into the log") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.discard(512, 512);
  no_space(h.submit(a), a).acknowledge(a, sim::IoStatus::kNoSpace);
  CHECK(failed_not_logged(h) == "holds");
  no_space(h.submit(b), b, sim::IoKind::kDiscard)
      .place(b, 1)
      .acknowledge(b, sim::IoStatus::kNoSpace);
  CHECK(failed_not_logged(h) == "holds");
}

TEST_CASE("planted: the entry of a write that failed, or of a discard") {
  HistoryBuilder h;
  const auto a = h.write(0, 512);
  no_space(h.submit(a), a).log_entry(a).acknowledge(a, sim::IoStatus::kNoSpace);
  CHECK(
      failed_not_logged(h) ==
      "step 5: request A (write 0 512) failed on the data device with ENOSPC, but the log has its "
      "entry at log sector 1, as if it were done");
  HistoryBuilder discards;
  const auto b = discards.discard(512, 512);
  no_space(discards.submit(b), b, sim::IoKind::kDiscard).log_entry(b);
  CHECK(failed_not_logged(discards) != "holds");
}

TEST_CASE("an append must not touch the older entries, nor leave a gap behind them") {
  HistoryBuilder h;
  const auto a = h.flush();
  h.submit(a).place(a, 10).put_entry(a, 10).acknowledge(a);
  sim::History history = h.history();
  history.first_log_sector = 11;
  CHECK(verdict(*properties::make_no_overlap(), history) ==
        "step 1: entry of request A (flush) has its header at sector 10, which is one of the log "
        "that is appended to");
  history.first_log_sector = 9;
  CHECK(verdict(*properties::make_no_overlap(), history) == "holds");
  CHECK(verdict(*properties::make_contiguous(), history) ==
        "step 1: no entry covers log sector 9, between the log that is appended to and entry of "
        "request A (flush) at sector 10");
  history.first_log_sector = 10;
  CHECK(verdict(*properties::make_contiguous(), history) == "holds");
  CHECK(verdict(*properties::make_log_parses(), history) == "holds");
}

}  // namespace simcheck::test
