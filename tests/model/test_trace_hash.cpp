// The hash of a trace against its definition: on random programs, two executions have one hash if
// and only if they have one canonical form.
#include "model/trace_hash.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "tests/model/exploration.hpp"
#include "tests/model/trace_oracle.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

constexpr std::size_t kTracesMax = 2000;

rc::Gen<Program> drawn_programs() {
  const auto last = static_cast<int>(OpKind::kLast);
  const auto op = rc::gen::map(
      rc::gen::tuple(rc::gen::inRange(0, last + 1), rc::gen::inRange(0, 3), rc::gen::inRange(0, 3)),
      [](const std::tuple<int, int, int>& t) {
        return Op{static_cast<OpKind>(std::get<0>(t)), static_cast<std::uint8_t>(std::get<1>(t)),
                  static_cast<std::uint8_t>(std::get<2>(t))};
      });
  const auto fiber = rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, 4), [op](std::size_t n) {
    return rc::gen::container<std::vector<Op>>(n, op);
  });
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(2, 4), [fiber](std::size_t fibers) {
    return rc::gen::container<Program>(fibers, fiber);
  });
}

RC_TEST_CASE("one hash for each canonical form",
             [] {
               const Program program = *rc::gen::resize(rc::kNominalSize, drawn_programs());
               RC_LOG() << to_text(program) << "\n";
               model::Explorer explorer(
                   [&](sim::World& world) { world.make<ProgramState>(world, program); }, {},
                   {.steps_max = 1000});
               Eavesdropper strategy(model::make_dfs());
               model::TraceHasher hasher(explorer.footprints(), explorer.fiber_count());
               std::map<std::vector<std::uint64_t>, model::TraceHash> hashes;
               std::set<model::TraceHash> distinct;
               for (std::size_t i = 0; i < kTracesMax && explorer.run_next(strategy); ++i) {
                 hasher.clear();
                 for (const model::Transition& step : strategy.steps()) hasher.push(step);
                 const auto [known, is_new] = hashes.try_emplace(
                     canonical(strategy.steps(), explorer.footprints()), hasher.hash());
                 RC_ASSERT(known->second == hasher.hash());
                 distinct.insert(hasher.hash());
               }
               RC_ASSERT(distinct.size() == hashes.size());
             },
             {.max_success = 300})

TEST_CASE("the numbers that footprints happen to have do not enter the hash") {
  const auto hash = [](bool other_first) {
    model::FootprintTable footprints;
    const sim::Access mine{sim::ObjectId{1}, sim::AccessMode::kWrite};
    const sim::Access other{sim::ObjectId{2}, sim::AccessMode::kWrite};
    if (other_first) footprints.intern({&other, 1});
    model::TraceHasher hasher(footprints, 2);
    hasher.push({sim::FiberId{1}, footprints.intern({&mine, 1})});
    return hasher.hash();
  };
  CHECK(hash(false) == hash(true));
}

}  // namespace
}  // namespace simcheck::test
