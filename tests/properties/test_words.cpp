// The words properties use, and the catalog that lists them.

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "properties/all.hpp"
#include "properties/words.hpp"
#include "tests/properties/history_builder.hpp"

namespace simcheck::test {

TEST_CASE("lanes have one letter as long as letters last") {
  CHECK(properties::lane_name(0) == "A");
  CHECK(properties::lane_name(25) == "Z");
  CHECK(properties::lane_name(26) == "R26");
}

TEST_CASE("byte counts take the largest unit that fits") {
  CHECK(properties::byte_count(0) == "0");
  CHECK(properties::byte_count(513) == "513");
  CHECK(properties::byte_count(4096) == "4k");
  CHECK(properties::byte_count(3 << 20) == "3M");
  CHECK(properties::byte_count(std::uint64_t{1} << 50) == "1024T");
}

TEST_CASE("requests in words") {
  HistoryBuilder h;
  const auto zeroes = h.zeroes(8192, 4096), flush = h.flush();
  const auto fua = h.add({.kind = sim::IoKind::kWrite, .length = 512, .fua = true});
  CHECK(properties::describe(h.history(), zeroes) == "request A (zeroes 8k 4k)");
  CHECK(properties::describe(h.history(), flush) == "request B (flush)");
  CHECK(properties::describe(h.history(), fua) == "request C (write 0 512 fua)");
  CHECK(properties::describe(h.history(), sim::RequestId{7}) == "request H");
  CHECK(properties::describe(h.history(), sim::kNoRequest) == "no request");
}

TEST_CASE("counts and ordinals") {
  CHECK(properties::entry_count(0) == "0 entries");
  CHECK(properties::entry_count(1) == "1 entry");
  for (const auto& [number, text] : std::vector<std::pair<int, std::string>>{{1, "1st"},
                                                                             {2, "2nd"},
                                                                             {3, "3rd"},
                                                                             {4, "4th"},
                                                                             {11, "11th"},
                                                                             {12, "12th"},
                                                                             {13, "13th"},
                                                                             {21, "21st"},
                                                                             {30, "30th"},
                                                                             {112, "112th"}}) {
    CHECK(properties::ordinal(static_cast<std::uint64_t>(number)) == text);
  }
}

TEST_CASE("the catalog, in the order of reports") {
  std::vector<std::string> names;
  for (const properties::PropertyInfo& info : properties::all_properties()) {
    names.emplace_back(info.name);
    CHECK(info.make()->name() == info.name);
    CHECK(info.summary == info.make()->summary());
    CHECK(!info.summary.empty());
    CHECK(info.summary.size() <= 60);
  }
  CHECK(names == std::vector<std::string>{
                     "no-overlap", "contiguous", "log-parses", "replay-matches", "acked-order",
                     "deadlock-free", "terminates", "no-exception", "race-free",
                     "survives-io-error", "failed-not-logged", "crash-parses", "super-monotone",
                     "super-covers-complete", "super-interval", "flush-durable",
                     "flush-covers-issued-only", "fua-recorded"});
}

}  // namespace simcheck::test
