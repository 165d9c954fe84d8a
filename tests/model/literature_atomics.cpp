#include "tests/model/literature_atomics.hpp"

#include <algorithm>

#include "tests/model/literature_parts.hpp"

namespace simcheck::test {
namespace {

using sim::Shared;

// Does it become true within so many looks?
template <class Condition>
bool within(int looks, const Condition& condition) {
  for (; looks > 0; --looks) {
    if (condition()) return true;
  }
  return false;
}

}  // namespace

void casrot(sim::World& world, int n) {
  auto& x = world.make<Shared<int>>(world, "x");
  for (int i = 0; i < n; ++i) start(world, i, [&x, i] { x.compare_exchange(i, i + 1); });
}

void casw(sim::World& world, int n) {
  auto& x = world.make<Shared<int>>(world, "x");
  for (int i = 0; i < n; ++i) {
    start(world, i, [&x, i] {
      x.compare_exchange(0, 1 + i);
      x.store(100 + i);
    });
  }
}

void coa(sim::World& world, int n) {
  auto& x = world.make<Shared<int>>(world, "x");
  auto& own = world.make<Variables>(world, "own", 2);
  for (int i = 0; i < 2; ++i) {
    start(world, i, [&x, &own, i] {
      x.store(1 + i);
      own[i].load();
      x.load();
    });
  }
  for (int i = 2; i <= n; ++i) {
    start(world, i, [&own, i] {
      own[0].store(i);
      own[1].store(i);
    });
  }
}

void fib_bench(sim::World& world, int n) {
  auto& fib = world.make<Variables>(world, "fib", 2, 1);
  for (int i = 0; i < 2; ++i) {
    start(world, i, [&fib, i, n] {
      for (int round = 0; round < n; ++round) {
        const int own = fib[i].load();
        fib[i].store(own + fib[1 - i].load());
      }
    });
  }
  start(world, 2, [&fib] {
    fib[0].load();
    fib[1].load();
  });
}

void account(sim::World& world, int n) {
  auto& balance = world.make<Shared<int>>(world, "balance", 1000);
  for (int i = 0; i <= n; ++i) {
    const int amount = i == n ? -10 : 100;
    start(world, i, [&balance, amount] { balance.store(balance.load() + amount); });
  }
}

void control_flow(sim::World& world, int n) {
  auto& v = world.make<Variables>(world, "v", 3);
  static constexpr int kX = 0, kY = 1, kZ = 2;
  for (int i = 0; i < n; ++i) start(world, i, [&v] { v[kX].load(); });
  for (int i = 0; i < n; ++i) start(world, n + i, [&v] { v[kY].store(1); });
  start(world, 2 * n, [&v] {
    if (v[kY].load() == 0) v[kZ].store(1);
  });
  start(world, 2 * n + 1, [&v] {
    if (v[kZ].load() == 1 && v[kY].load() == 0) v[kX].store(1);
  });
}

void redundant_co(sim::World& world, int n) {
  auto& x = world.make<Shared<int>>(world, "x");
  for (int i = 0; i < 2; ++i) {
    start(world, i, [&x, i, n] {
      for (int k = 0; k < n; ++k) x.store(1 + i);
    });
  }
  start(world, 2, [&x] {
    x.load();
    x.load();
  });
}

void cas_lock(sim::World& world, int n) {
  auto& lock = world.make<Shared<int>>(world, "lock");
  auto& guarded = world.make<Shared<int>>(world, "guarded");
  for (int i = 0; i < 2; ++i) {
    start(world, i, [&lock, &guarded, i, n] {
      for (int k = 0; k < n; ++k) {
        if (!lock.compare_exchange(0, 1)) continue;
        guarded.store(1 + i);
        guarded.load();
        lock.store(0);
      }
    });
  }
}

void bias_lock(sim::World& world, int n) {
  static constexpr int kBias = 1 << 20;
  auto& lock = world.make<Shared<int>>(world, "lock", kBias);
  auto& guarded = world.make<Shared<int>>(world, "guarded");
  for (int i = 0; i < 2; ++i) {
    start(world, i, [&lock, &guarded, i, n] {
      for (int k = 0; k < n; ++k) {
        if (lock.fetch_sub(kBias) == kBias) {
          guarded.store(1 + i);
          guarded.load();
        }
        lock.fetch_add(kBias);
      }
    });
  }
}

void peterson(sim::World& world, int n) {
  auto& wants = world.make<Variables>(world, "wants", 2);
  auto& turn = world.make<Shared<int>>(world, "turn");
  auto& guarded = world.make<Shared<int>>(world, "guarded");
  for (int i = 0; i < 2; ++i) {
    start(world, i, [&wants, &turn, &guarded, i, n] {
      const auto may_enter = [&] {
        const bool other_wants = wants[1 - i].load() == 1;
        const bool others_turn = turn.load() == 1 - i;
        return !other_wants || !others_turn;
      };
      for (int entry = 0; entry < 2; ++entry) {
        wants[i].store(1);
        turn.store(1 - i);
        if (!within(n, may_enter)) return;
        guarded.store(1 + i);
        guarded.load();
        wants[i].store(0);
      }
    });
  }
}

void bakery(sim::World& world, int n) {
  auto& ticket = world.make<Variables>(world, "ticket", 2);
  auto& choosing = world.make<Variables>(world, "choosing", 2);
  auto& guarded = world.make<Shared<int>>(world, "guarded");
  for (int i = 0; i < 2; ++i) {
    start(world, i, [&ticket, &choosing, &guarded, i, n] {
      choosing[i].store(1);
      const int first = ticket[0].load(), second = ticket[1].load();
      ticket[i].store(std::max(first, second) + 1);
      choosing[i].store(0);
      for (int j = 0; j < 2; ++j) {
        if (!within(n, [&] { return choosing[j].load() == 0; })) return;
        const auto lets_pass = [&] {
          const int theirs = ticket[j].load(), own = ticket[i].load();
          return theirs == 0 || theirs > own || (theirs == own && j >= i);
        };
        if (!within(n, lets_pass)) return;
      }
      guarded.load();
      guarded.store(i);
      guarded.store(0);
      ticket[i].store(0);
    });
  }
}

}  // namespace simcheck::test
