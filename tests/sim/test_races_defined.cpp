// The race detector against the definition: what happens before what is a graph, written down edge
// by edge, and every pair of accesses is looked at.
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "sim/race_detector.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using sim::Atomicity;

enum class Kind : std::uint8_t { kRead, kWrite, kLoad, kStore, kUpdate, kUnlock, kLock };

struct Action {
  Kind kind{};
  std::uint32_t thread = 0, object = 0;

  bool is_atomic() const {
    return kind == Kind::kLoad || kind == Kind::kStore || kind == Kind::kUpdate;
  }
  bool is_access() const { return kind < Kind::kUnlock; }
  bool is_write() const { return is_access() && kind != Kind::kRead && kind != Kind::kLoad; }
  Atomicity atomicity() const {
    return kind == Kind::kUpdate ? Atomicity::kUpdate
           : is_atomic()         ? Atomicity::kAtomic
                                 : Atomicity::kPlain;
  }
};
using Actions = std::vector<Action>;

// Locks are objects of their own. Whether a lock is held does not matter to what orders.
Action action_of(std::uint32_t bits) {
  const Kind kind = Kind(bits % 7);
  const std::uint32_t first = kind < Kind::kUnlock ? 0 : 2;
  return {kind, bits / 7 % 3, first + bits / 21 % 2};
}

// What `later` gets its knowledge from: all that gave a lock back before; or the last store before
// it, and the updates behind that, which hand on what they got.
bool hands_on(const Actions& actions, std::size_t earlier, std::size_t later) {
  const Action& from = actions[earlier];
  const Action& to = actions[later];
  if (from.object != to.object) return false;
  if (from.kind == Kind::kUnlock) return to.kind == Kind::kLock;
  if (from.kind != Kind::kStore && from.kind != Kind::kUpdate) return false;
  if (to.kind != Kind::kLoad && to.kind != Kind::kUpdate) return false;
  for (std::size_t i = earlier + 1; i < later; ++i)
    if (actions[i].kind == Kind::kStore && actions[i].object == to.object) return false;
  return true;
}

// before[j][i]: i happens before j.
std::vector<std::vector<bool>> happens_before(const Actions& actions) {
  std::vector<std::vector<bool>> before(actions.size(), std::vector<bool>(actions.size()));
  for (std::size_t j = 0; j < actions.size(); ++j) {
    for (std::size_t i = 0; i < j; ++i) {
      if (actions[i].thread != actions[j].thread && !hands_on(actions, i, j)) continue;
      before[j][i] = true;
      for (std::size_t k = 0; k < i; ++k) before[j][k] = before[j][k] || before[i][k];
    }
  }
  return before;
}

bool may_race(const Action& one, const Action& other) {
  return one.is_access() && other.is_access() && one.object == other.object &&
         (one.is_write() || other.is_write()) && !(one.is_atomic() && other.is_atomic());
}

// "object at action", of each object's first race.
std::string races_by_definition(const Actions& actions) {
  const auto before = happens_before(actions);
  std::set<std::uint32_t> told;
  std::string races;
  for (std::size_t j = 0; j < actions.size(); ++j)
    for (std::size_t i = 0; i < j; ++i)
      if (may_race(actions[i], actions[j]) && !before[j][i] &&
          told.insert(actions[j].object).second)
        races += std::to_string(actions[j].object) + " at " + std::to_string(j) + "; ";
  return races;
}

std::string races_found(const Actions& actions) {
  sim::RaceDetector detector;
  std::string races;
  for (std::size_t j = 0; j < actions.size(); ++j) {
    const Action& action = actions[j];
    const sim::ObjectId object{action.object};
    const sim::ThreadId thread{action.thread};
    if (action.kind == Kind::kLock) detector.acquire_lock(object, thread);
    if (action.kind == Kind::kUnlock) detector.release_lock(object, thread);
    if (!action.is_access()) continue;
    const auto race = detector.access(
        {.object = object,
         .thread = thread,
         .access = {sim::FiberId{action.thread}, static_cast<std::uint32_t>(j), action.is_write()},
         .atomicity = action.atomicity()});
    if (race) races += std::to_string(action.object) + " at " + std::to_string(j) + "; ";
  }
  return races;
}

}  // namespace

RC_TEST_CASE("the first race of each object is found where the definition has it",
             [](const std::vector<std::uint32_t>& bits) {
               Actions actions;
               for (const std::uint32_t each : bits) actions.push_back(action_of(each));
               RC_ASSERT(races_found(actions) == races_by_definition(actions));
             },
             {.max_success = 2000, .max_size = 30});

}  // namespace simcheck::test
