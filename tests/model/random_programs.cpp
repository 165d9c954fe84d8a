#include "tests/model/random_programs.hpp"

#include <tuple>
#include <utility>

namespace simcheck::test {

rc::Gen<Op> ops(std::vector<OpKind> kinds) {
  return rc::gen::map(rc::gen::tuple(rc::gen::elementOf(std::move(kinds)), rc::gen::inRange(0, 3),
                                     rc::gen::inRange(0, 3)),
                      [](const std::tuple<OpKind, int, int>& t) {
                        return Op{std::get<0>(t), static_cast<std::uint8_t>(std::get<1>(t)),
                                  static_cast<std::uint8_t>(std::get<2>(t))};
                      });
}

rc::Gen<Program> programs(std::vector<OpKind> kinds, ProgramSize size) {
  const auto op = ops(std::move(kinds));
  return rc::gen::mapcat(
      rc::gen::inRange<std::size_t>(2, size.fibers_max + 1), [op, size](std::size_t fibers) {
        const auto fiber = rc::gen::mapcat(
            rc::gen::inRange<std::size_t>(1, size.ops_max + 1),
            [op](std::size_t n) { return rc::gen::container<std::vector<Op>>(n, op); });
        return rc::gen::container<Program>(fibers, fiber);
      });
}

void one_execution_per_trace(const std::vector<OpKind>& kinds, ProgramSize size) {
  const Program program = *rc::gen::resize(rc::kNominalSize, programs(kinds, size));
  const Exploration all = explore(program, With::kDfs, kDfsExecutionsMax, size.threads);
  if (all.cut) return;  // too large to enumerate; RapidCheck tries another
  const Exploration reduced = explore(program, With::kDpor, kDfsExecutionsMax, size.threads);
  RC_LOG() << to_text(program) << "\n";
  RC_ASSERT(reduced.final_states == all.final_states);
  RC_ASSERT(reduced.counts.executions == all.traces.size());
  RC_ASSERT(reduced.traces.size() == all.traces.size());
  RC_ASSERT(reduced.counts.blocked == 0U);
  RC_ASSERT(reduced.counts.deadlocked == all.deadlocks.size());
  RC_ASSERT(reduced.races == all.races);
}

}  // namespace simcheck::test
