// survives-io-error on histories written by hand.

#include <doctest/doctest.h>

#include <string>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"

namespace simcheck::test {
namespace {

std::string survives_io_error(const HistoryBuilder& h) {
  return verdict(*properties::make_survives_io_error(), h);
}

HistoryBuilder& io_error(HistoryBuilder& h, sim::RequestId request,
                         sim::IoKind io = sim::IoKind::kWrite,
                         sim::DeviceRole device = sim::DeviceRole::kLog) {
  return h.event({.kind = sim::EventKind::kIoFailed,
                  .status = sim::IoStatus::kIoError,
                  .io = io,
                  .device = device,
                  .request = request});
}

}  // namespace

TEST_CASE("without a failed log write, or anything that was promised, nothing is exercised") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.run(b);
  CHECK(survives_io_error(h) == "not exercised");
  io_error(h, a, sim::IoKind::kFlush);
  io_error(h, a, sim::IoKind::kWrite, sim::DeviceRole::kData);
  CHECK(survives_io_error(h) == "not exercised");
  HistoryBuilder alone;
  const auto c = alone.write(0, 512);
  io_error(alone.submit(c).place(c, 1), c).acknowledge(c, sim::IoStatus::kIoError);
  CHECK(survives_io_error(alone) == "not exercised");
}

TEST_CASE("a driver that writes the next entry where one failed") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  io_error(h.submit(a), a).acknowledge(a, sim::IoStatus::kIoError).run(b);
  CHECK(survives_io_error(h) == "holds");
}

TEST_CASE("a failed entry that got there all the same, and a hole behind all that was promised") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush(), c = h.write(512, 512);
  h.submit(a).log_entry(a);
  io_error(h, a).acknowledge(a, sim::IoStatus::kIoError).run(b);
  io_error(h.submit(c).place(c, 4), c).acknowledge(c, sim::IoStatus::kIoError);
  CHECK(survives_io_error(h) == "holds");
}

TEST_CASE("planted: a hole hides what lies behind it") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  io_error(h.submit(a).place(a, 1), a).acknowledge(a, sim::IoStatus::kIoError).run(b);
  CHECK(survives_io_error(h) ==
        "step 7: a write to the log failed with EIO for request A (write 0 512); a reader finds no "
        "header at log sector 1 and not the entry of request B (flush), which was acknowledged");
}

TEST_CASE("planted: in a hole shows what an older log left there") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  io_error(h.submit(a).place(a, 1), a).acknowledge(a, sim::IoStatus::kIoError).run(b);
  h.put_header(1, {.sector = 7, .nr_sectors = 0});
  CHECK(survives_io_error(h).find(
            "a reader finds a header with sector 7, nr_sectors 0, flags - at log sector "
            "1 and not the entry of request B") != std::string::npos);
  h.put_header(1, {.sector = 7, .nr_sectors = UINT64_MAX, .flags = 99});
  CHECK(survives_io_error(h).find("not the entry of request B") != std::string::npos);
}

TEST_CASE("planted: an acknowledged request has no entry at all") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  io_error(h.submit(a), a).acknowledge(a, sim::IoStatus::kIoError).submit(b).acknowledge(b);
  CHECK(survives_io_error(h).find("a reader finds no header at log sector 1") != std::string::npos);
}

TEST_CASE("a log that is appended to is read behind the older entries") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  io_error(h.submit(a), a).acknowledge(a, sim::IoStatus::kIoError);
  h.submit(b).place(b, 10).put_entry(b, 10).acknowledge(b);
  sim::History history = h.history();
  CHECK(verdict(*properties::make_survives_io_error(), history) != "holds");
  history.first_log_sector = 10;
  CHECK(verdict(*properties::make_survives_io_error(), history) == "holds");
}

}  // namespace simcheck::test
