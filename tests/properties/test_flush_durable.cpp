// flush-durable on histories written by hand.

#include <doctest/doctest.h>

#include "properties/all.hpp"
#include "tests/properties/history_builder.hpp"

namespace simcheck::test {
namespace {

std::string flush_durable(const HistoryBuilder& h) {
  return verdict(*properties::make_flush_durable(), h);
}

}  // namespace

TEST_CASE("a flush whose superblock is flushed before it is acknowledged") {
  HistoryBuilder h;
  const auto a = h.flush();
  h.submit(a).place(a, 1).super_done(a, 1).acknowledge(a);
  CHECK(flush_durable(h) == "holds");
}

TEST_CASE("writes promise nothing, and flushes that failed neither") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.place(a, 1).place(b, 3).super(b, 0);
  h.acknowledge(a).acknowledge(b, sim::IoStatus::kIoError);
  CHECK(flush_durable(h) == "not exercised");
}

TEST_CASE("planted: the superblock is not flushed") {
  HistoryBuilder h;
  const auto a = h.write(0, 512), b = h.flush();
  h.place(a, 1).place(b, 3).super(b, 2).completes(h.log_content, b).acknowledge(b);
  CHECK(flush_durable(h) ==
        "step 4: request B (flush) is acknowledged with its entry the 2nd of the log, but the "
        "durable superblock counts 0");
}

TEST_CASE("planted: the flush was submitted before the superblock had completed") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.place(a, 1).super(a, 1).flushes(h.log_content, b).completes(h.log_content, a);
  h.flushed(h.log_content, b).acknowledge(a);
  CHECK(flush_durable(h).starts_with(
      "step 5: request A (flush) is acknowledged with its entry the 1st"));
}

TEST_CASE("planted: the flush is still in flight") {
  HistoryBuilder h;
  const auto a = h.flush();
  h.place(a, 1).super(a, 1).completes(h.log_content, a).flushes(h.log_content, a).acknowledge(a);
  h.flushed(h.log_content, a);
  CHECK(flush_durable(h).starts_with("step 4: "));
}

TEST_CASE("planted: the durable superblock is an older one") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.place(a, 1).super_done(a, 1).acknowledge(a).place(b, 2).super(b, 2).acknowledge(b);
  CHECK(flush_durable(h).find("the 2nd of the log, but the durable superblock counts 1") !=
        std::string::npos);
}

TEST_CASE("another request's superblock, or one with FUA, serves as well") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.place(a, 1).place(b, 2).super_done(b, 2).acknowledge(a);
  CHECK(flush_durable(h) == "holds");
  HistoryBuilder fua;
  const auto c = fua.flush();
  fua.place(c, 1).super(c, 1, true).completes(fua.log_content, c).acknowledge(c);
  CHECK(flush_durable(fua) == "holds");
}

TEST_CASE("entries are numbered by their places") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.place(b, 2).place(a, 1).super_done(a, 1).acknowledge(a);
  CHECK(flush_durable(h) == "holds");
}

TEST_CASE("a newer superblock in the cache takes nothing back") {
  HistoryBuilder h;
  const auto a = h.flush(), b = h.flush();
  h.place(a, 1).super_done(a, 1).super(b, 0).acknowledge(a);
  CHECK(flush_durable(h) == "holds");
}

}  // namespace simcheck::test
