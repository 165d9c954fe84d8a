// States of a World as hashes: equal where nothing can tell them apart, different where something
// can. Each case runs one world by two schedules and compares.
#include "sim/state_hasher.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string_view>

#include "tests/sim/steps.hpp"

namespace simcheck::test {
namespace {

using sim::Hash128;
using sim::Payload;
using sim::World;
using Build = std::function<void(World&)>;

Hash128 state_after(const Build& build, std::string_view schedule) {
  World world;
  world.hash_states();
  build(world);
  run(world, schedule);
  const Hash128 hash = world.state_hash();
  if (world.unfinished() != 0) world.cancel();
  return hash;
}

bool same(const Build& build, std::string_view one, std::string_view other) {
  return state_after(build, one) == state_after(build, other);
}

struct Objects {
  explicit Objects(World& world)
      : x(world, "x"), text(world, "text"), queue(world, "queue"), disk(world, "disk") {}
  sim::Shared<int> x;
  sim::Shared<std::string> text;  // hashed as it is printed
  sim::WaitQueue queue;
  sim::Disk disk;
};

// Two fibers that do the same with a number of their own.
Build both(const std::function<void(World&, Objects&, int)>& body) {
  return [body](World& world) {
    auto& objects = world.make<Objects>(world);
    for (const int number : {1, 2}) {
      world.spawn("f", [&world, &objects, body, number] {
        body(world, objects, number);
        world.yield();
      });
    }
  };
}

TEST_CASE("variables: their values count, not who wrote first") {
  CHECK(same(both([](World&, Objects& o, int) { o.x += 1; }), "AB", "BA"));
  CHECK(same(both([](World&, Objects& o, int) { o.x = 7; }), "AB", "BA"));
  CHECK_FALSE(same(both([](World&, Objects& o, int n) { o.x = n; }), "AB", "BA"));
  CHECK_FALSE(same(both([](World&, Objects& o, int n) { o.text = fmt::format("{}", n); }),  //
                   "AB", "BA"));
}

TEST_CASE("variables: a value that comes back is the same state") {
  const Build build = both([](World& world, Objects& o, int n) {
    o.x = n;
    world.yield();
    o.x = 0;
  });
  CHECK(same(build, "AABB", "BBAA"));
  CHECK_FALSE(same(build, "AAB", "BAA"));
}

TEST_CASE("what a fiber was told counts until it ends") {
  const auto reads = [](World&, Objects& o, int) {
    const int before = o.x;
    o.x = before + 1;
  };
  CHECK_FALSE(same(both(reads), "AB", "BA"));
  CHECK(same(both(reads), "ABAB", "BABA"));
  const auto exchanges = [](World&, Objects& o, int) { o.x.compare_exchange(0, 1); };
  CHECK_FALSE(same(both(exchanges), "AB", "BA"));
}

TEST_CASE("queues: the order of those who wait counts") {
  CHECK_FALSE(same(both([](World&, Objects& o, int) { o.queue.wait(); }), "AB", "BA"));
}

TEST_CASE("disks: content counts, however it came there") {
  const auto writes = [](std::uint64_t step, std::uint64_t length) {
    return both([=](World&, Objects& o, int n) {
      const auto fill = static_cast<std::byte>(n);
      o.disk.write(step * static_cast<std::uint64_t>(n), Payload::filled(fill, length));
    });
  };
  CHECK(same(writes(512, 512), "ABAB", "ABBA"));
  CHECK_FALSE(same(writes(256, 512), "ABAB", "ABBA"));  // they overlap
  CHECK_FALSE(same(writes(512, 512), "ABA", "ABB"));
}

TEST_CASE("contents: zeroes are nothing, and bytes are as good as fill") {
  World world;
  auto& fills = world.make<sim::Disk>(world, "fills");
  auto& bytes = world.make<sim::Disk>(world, "bytes");
  world.spawn("f", [&] {
    const std::vector<std::byte> sevens(100, std::byte{7});
    fills.write(50, Payload::filled(std::byte{7}, 200));
    bytes.write(150, Payload::of(sevens));
    bytes.write(0, Payload::filled(std::byte{9}, 50));
    bytes.write(50, Payload::of(sevens));
    bytes.write_zeroes(0, 50);
    bytes.write_zeroes(4096, 4096);
  });
  finish(world);
  CHECK(hash_of_content(fills, fills.end_of_content()) ==
        hash_of_content(bytes, bytes.end_of_content()));
  CHECK(hash_of_content(fills, 249) != hash_of_content(bytes, 250));
  CHECK(hash_of_content(bytes, 50) == Hash128{});
}

TEST_CASE("objects that World knows by their accesses only: the order of writes, not of adds") {
  const auto touches = [](sim::AccessMode mode) {
    return [mode](World& world) {
      const sim::ObjectId plain = world.add_object("plain");
      for (int f = 0; f < 2; ++f) {
        world.spawn("f", [&world, plain, mode] {
          world.touch(plain, mode);
          world.yield();
        });
      }
    };
  };
  CHECK_FALSE(same(touches(sim::AccessMode::kWrite), "AABB", "BBAA"));
  CHECK(same(touches(sim::AccessMode::kAdd), "AABB", "BBAA"));
  CHECK(same(touches(sim::AccessMode::kRead), "AABB", "BBAA"));
}

TEST_CASE("such an object tells who uses it up in an addition, too") {
  const Build build = [](World& world) {
    auto& objects = world.make<Objects>(world);
    const sim::ObjectId plain = world.add_object("plain");
    world.spawn("writer", [&world, plain] { world.touch(plain, sim::AccessMode::kWrite); });
    world.spawn("reader", [&world, &objects, plain] {
      world.touch(plain, sim::AccessMode::kRead);
      objects.x += 1;
      world.yield();
    });
  };
  CHECK_FALSE(same(build, "AB", "BA"));
}

// -- Events --------------------------------------------------------------------------------------

Build telling(std::uint32_t reads, std::uint32_t writes) {
  return [reads, writes](World& world) {
    world.observe(world.add_object("property"), reads, writes);
    for (const auto kind : {sim::EventKind::kSubmitted, sim::EventKind::kAcknowledged}) {
      world.spawn("f", [&world, kind] { world.emit({.kind = kind}); });
    }
  };
}

TEST_CASE("the order of events counts where a property observes it") {
  CHECK_FALSE(same(telling(1, 2), "AB", "BA"));
  CHECK(same(telling(3, 0), "AB", "BA"));
  CHECK(same(telling(0, 3), "AB", "BA"));
  CHECK(same(telling(4, 8), "AB", "BA"));
}

TEST_CASE("requests that fibers register go by their fiber, not by their number") {
  const auto build = [](std::uint64_t step) {
    return [step](World& world) {
      for (std::uint64_t f = 0; f < 2; ++f) {
        world.spawn("f", [&world, step, f] {
          world.set_current_request(world.add_request({.offset = step * f}));
          world.emit({.kind = sim::EventKind::kSubmitted});
        });
      }
    };
  };
  CHECK(same(build(0), "AB", "BA"));
  CHECK(same(build(512), "AB", "BA"));
  CHECK(state_after(build(0), "AB") != state_after(build(512), "AB"));
}

// -- Several threads -----------------------------------------------------------------------------

TEST_CASE("several threads: what the race detector may still find counts") {
  const auto build = [](bool synchronised) {
    return [synchronised](World& world) {
      auto& x = world.make<sim::Shared<int>>(world, "x");
      auto& flag = world.make<sim::Shared<int>>(world, "flag");
      world.spawn("writer", [&x, &flag, synchronised] {
        x = 1;
        if (synchronised) flag.store(0);
        flag.load();
      });
      world.spawn("reader", [&flag] { flag.fetch_add(0); }, {.thread = sim::ThreadId{1}});
    };
  };
  // The reader's atomic access before or after the writer's: only then it knows of the write to x.
  CHECK_FALSE(same(build(true), "AAABBA", "BBAAAA"));
  CHECK(same(build(false), "AABBA", "BBAAA"));
}

}  // namespace
}  // namespace simcheck::test
