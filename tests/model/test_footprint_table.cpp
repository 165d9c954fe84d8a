// Footprints as numbers: equal ones are equal, dependence is what the accesses say.
#include "model/footprint_table.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "tests/support/rapidcheck.hpp"

namespace simcheck::model {
namespace {

using sim::Access;
using sim::AccessMode;
using sim::ObjectId;

bool conflict_by_definition(const std::vector<Access>& a, const std::vector<Access>& b) {
  for (const Access& x : a) {
    for (const Access& y : b) {
      if (sim::conflict(x, y)) return true;
    }
  }
  return false;
}

rc::Gen<std::vector<Access>> footprints() {
  const auto access =
      rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, 200), rc::gen::inRange(0, 3),
                                  rc::gen::inRange(0, 4), rc::gen::inRange(1, 4)),
                   [](const std::tuple<int, int, int, int>& t) {
                     const auto begin = static_cast<std::uint64_t>(std::get<2>(t));
                     return Access{ObjectId{static_cast<std::uint32_t>(std::get<0>(t))},
                                   static_cast<AccessMode>(std::get<1>(t)), begin,
                                   begin + static_cast<std::uint64_t>(std::get<3>(t))};
                   });
  return rc::gen::container<std::vector<Access>>(access);
}

RC_TEST_CASE("equal footprints have equal numbers, and dependence is as defined", [] {
  FootprintTable table;
  const auto list = *rc::gen::container<std::vector<std::vector<Access>>>(footprints());
  std::vector<FootprintId> ids;
  for (const auto& footprint : list) ids.push_back(table.intern(footprint));
  for (std::size_t i = 0; i < list.size(); ++i) {
    RC_ASSERT(table.intern(list[i]) == ids[i]);
    for (std::size_t j = 0; j < list.size(); ++j) {
      RC_ASSERT((ids[i] == ids[j]) == (list[i] == list[j]));
      RC_ASSERT(table.independent(ids[i], ids[j]) == !conflict_by_definition(list[i], list[j]));
    }
  }
})

TEST_CASE("many footprints stay apart") {
  FootprintTable table;
  std::vector<FootprintId> ids;
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const Access access{ObjectId{i}, AccessMode::kWrite};
    ids.push_back(table.intern({&access, 1}));
  }
  for (std::uint32_t i = 0; i < 5000; ++i) {
    const Access access{ObjectId{i}, AccessMode::kWrite};
    CHECK(table.intern({&access, 1}) == ids[i]);
    CHECK(table.accesses(ids[i]).front() == access);
  }
}

TEST_CASE("adds commute with adds, reads with reads, and nothing else does") {
  const Access read{ObjectId{1}, AccessMode::kRead};
  const Access add{ObjectId{1}, AccessMode::kAdd};
  const Access write{ObjectId{1}, AccessMode::kWrite};
  CHECK_FALSE(sim::conflict(read, read));
  CHECK_FALSE(sim::conflict(add, add));
  CHECK(sim::conflict(write, write));
  CHECK(sim::conflict(read, add));
  CHECK(sim::conflict(add, write));
  CHECK(sim::conflict(read, write));
}

TEST_CASE("the unknown footprint conflicts with all but the empty one") {
  FootprintTable table;
  const Access read{ObjectId{1}, AccessMode::kRead};
  const FootprintId id = table.intern({&read, 1});
  CHECK_FALSE(table.independent(kUnknownFootprint, id));
  CHECK_FALSE(table.independent(id, kUnknownFootprint));
  CHECK_FALSE(table.independent(kUnknownFootprint, kUnknownFootprint));
  CHECK(table.independent(kEmptyFootprint, id));
}

TEST_CASE("enabling has a direction") {
  FootprintTable table;
  const ObjectId token{sim::kEnablingBit | 3};
  const Access signal{token, AccessMode::kAdd};
  const Access await{token, AccessMode::kRead};
  const FootprintId waker = table.intern({&signal, 1});
  const FootprintId woken = table.intern({&await, 1});
  CHECK(table.enables(waker, woken));
  CHECK_FALSE(table.enables(woken, waker));
  CHECK_FALSE(table.independent(waker, woken));
}

}  // namespace
}  // namespace simcheck::model
