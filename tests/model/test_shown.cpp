// Executions that show properties the same are told from all others, and judging one of them finds
// all that judging each does.
#include "model/shown.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "model/counterexample.hpp"
#include "model/explorer.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/support/build.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

constexpr properties::Order kOrders[] = {
    {.reads = bit_of(sim::EventKind::kSubmitted), .writes = bit_of(sim::EventKind::kAcknowledged)},
    {.reads = bit_of(sim::EventKind::kEntryPlaced),
     .writes = bit_of(sim::EventKind::kEntryPlaced)}};

// Holds, and counts how often it is asked.
class Asked final : public properties::Property {
 public:
  explicit Asked(std::uint64_t& times, bool looks_at_record = false)
      : times_(times), looks_at_record_(looks_at_record) {}
  std::string_view name() const override { return "asked"; }
  std::string_view summary() const override { return ""; }
  properties::Observes observes() const override {
    return {.orders = kOrders, .record = looks_at_record_};
  }
  properties::Judgement judge(const properties::Evidence&) const override {
    ++times_;
    return properties::Judgement::holds();
  }

 private:
  std::uint64_t& times_;
  bool looks_at_record_;
};

// All that such a property may look at, in words: two executions are to be told apart if and only
// if these differ, or more often.
std::string evidence_of(const sim::History& history) {
  std::string text;
  for (const sim::ContentView* device : {history.data, history.log})
    text += fmt::format("{:x} ", checksum_of(*device, 0, 8192));
  for (std::size_t r = 0; r < history.requests.size(); ++r) {
    for (const sim::Event& event : history.events) {
      if (index_of(event.request) != r) continue;
      text +=
          fmt::format("{}:{}.{}.{}.{}.{} ", r, static_cast<int>(event.kind),
                      static_cast<int>(event.status), event.sector, event.nr_sectors, event.flags);
    }
  }
  for (const properties::Order& order : kOrders) {
    std::multiset<std::string> pairs;
    for (std::size_t i = 0; i < history.events.size(); ++i) {
      for (std::size_t j = i + 1; j < history.events.size(); ++j) {
        const sim::Event &a = history.events[i], &b = history.events[j];
        const std::uint32_t x = bit_of(a.kind), y = bit_of(b.kind);
        if (((x & order.reads) == 0 || (y & order.writes) == 0) &&
            ((x & order.writes) == 0 || (y & order.reads) == 0))
          continue;
        pairs.insert(fmt::format("{}.{}<{}.{}", index_of(a.request), a.sector, index_of(b.request),
                                 b.sector));
      }
    }
    for (const std::string& pair : pairs) text += pair + " ";
  }
  return text;
}

enum class ActKind : std::uint8_t { kYield, kWrite, kZero, kEmit };

struct Act {
  ActKind kind{};
  std::uint8_t where = 0;  // which disk, or whose request
  std::uint8_t what = 0;   // the sector, or the kind of event
  std::uint8_t value = 0;
};

using Acts = std::vector<std::vector<Act>>;

struct Disks {
  explicit Disks(sim::World& world)
      : data(world, "data"), log(world, "log"), other(world, "other") {}
  sim::Disk data, log, other;
};

void act(sim::World& world, Disks& disks, const Act& a) {
  sim::Disk& disk = a.where == 0 ? disks.data : a.where == 1 ? disks.log : disks.other;
  const std::uint64_t offset = a.what * 512U, length = 512U * (1 + a.value % 2);
  if (a.kind == ActKind::kYield) return world.yield();
  if (a.kind == ActKind::kZero) return static_cast<void>(disk.write_zeroes(offset, length));
  if (a.kind == ActKind::kWrite) {
    const std::byte bytes[] = {std::byte{1}, std::byte{a.value}, std::byte{3}};
    sim::Payload payload;
    payload.append(bytes).append_fill(std::byte{a.value}, length - sizeof bytes);
    return static_cast<void>(disk.write(offset, payload));
  }
  static constexpr sim::EventKind kKinds[] = {
      sim::EventKind::kSubmitted, sim::EventKind::kAcknowledged, sim::EventKind::kEntryPlaced,
      sim::EventKind::kDataPlaced};
  world.set_current_request(sim::RequestId{a.where % 2U});
  world.emit({.kind = kKinds[a.what], .sector = a.value});
}

sim::Testbed::Build build(const Acts& acts) {
  return [&acts](sim::World& world) {
    auto& disks = world.make<Disks>(world);
    world.show_devices(&disks.data, &disks.log, 512);
    for (int r = 0; r < 2; ++r) world.add_request({});
    disks.data.prepare(0, sim::Payload::filled(std::byte{9}, 1024));
    for (const std::vector<Act>& fiber : acts) {
      world.spawn("fiber", [&world, &disks, &fiber] {
        for (const Act& a : fiber) act(world, disks, a);
      });
    }
  };
}

Acts random_acts() {
  Acts acts(*rc::gen::inRange<std::size_t>(2, 4));
  for (std::vector<Act>& fiber : acts) {
    fiber.resize(*rc::gen::inRange<std::size_t>(1, 5));
    for (Act& a : fiber) {
      a = {static_cast<ActKind>(*rc::gen::inRange(0, 4)), *rc::gen::inRange<std::uint8_t>(0, 3),
           *rc::gen::inRange<std::uint8_t>(0, 4), *rc::gen::inRange<std::uint8_t>(0, 3)};
    }
  }
  return acts;
}

sim::FiberId one_of(sim::FiberSet enabled, std::mt19937_64& random) {
  for (auto skip = random() % static_cast<unsigned>(std::popcount(enabled)); skip > 0; --skip)
    enabled &= enabled - 1;
  return sim::first_of(enabled);
}

void check_shown(const Acts& acts, std::uint64_t seed) {
  sim::Testbed testbed(build(acts));
  std::uint64_t asked = 0;
  const properties::PropertyList properties{std::make_shared<Asked>(asked)};
  RC_ASSERT(model::Shown::tells_all(properties, testbed.world()));
  model::Shown shown(properties, testbed.world());
  std::mt19937_64 random(seed);
  std::set<std::string> remembered;
  for (int execution = 0; execution < 100; ++execution) {
    testbed.reset();
    sim::World& world = testbed.world();
    for (std::size_t depth = 0; world.enabled() != 0; ++depth) {
      const sim::FiberId fiber = one_of(world.enabled(), random);
      world.run(fiber);
      shown.note(depth, fiber, world);
    }
    const bool is_known = shown.is_known(world);
    const bool is_new = remembered.insert(evidence_of(world.history())).second;
    if (is_known) RC_ASSERT(!is_new);
    if (!is_known) shown.remember();
  }
}

RC_TEST_CASE("an execution that is known shows what one that is remembered showed",
             [] { check_shown(random_acts(), *rc::gen::arbitrary<std::uint64_t>()); });

TEST_CASE("orders of many events of one request are told apart") {
  sim::Testbed testbed([](sim::World& world) {
    world.add_request({});
    for (int f = 0; f < 2; ++f) {
      world.spawn("fiber", [&world] {
        world.set_current_request(sim::RequestId{0});
        for (int i = 0; i < 256; ++i) world.emit({.kind = sim::EventKind::kDataPlaced});
      });
    }
  });
  model::Shown shown({}, testbed.world());
  const auto is_known = [&](std::uint32_t first) {
    testbed.reset();
    for (const std::uint32_t f : {first, 1 - first}) {
      testbed.world().run(sim::FiberId{f});
      shown.note(f == first ? 0 : 1, sim::FiberId{f}, testbed.world());
    }
    return shown.is_known(testbed.world());
  };
  CHECK_FALSE(is_known(0));
  shown.remember();
  CHECK(is_known(0));
  CHECK_FALSE(is_known(1));
}

struct Judged {
  std::vector<std::string> outcomes;  // of each execution, and what it broke
  std::uint64_t asked = 0;
};

Judged judge_all(const char* driver, const char* requests, bool alike_once,
                 bool looks_at_record = false) {
  Judged judged;
  model::CheckOptions options = options_for(driver, requests);
  options.properties.push_back(std::make_shared<Asked>(judged.asked, looks_at_record));
  model::BlockScenario scenario = model::scenario_to_follow(options, workload(requests), {});
  model::Explorer explorer(
      model::world_of(options, scenario), options.properties,
      {.equivalence = model::Equivalence::kObserved, .judge_alike_once = alike_once});
  const auto dpor = model::make_dpor(explorer.footprints(), explorer, explorer.fiber_count());
  while (const auto outcome = explorer.run_next(*dpor)) {
    std::string text = std::to_string(static_cast<int>(*outcome));
    for (const model::BrokenProperty& broken : explorer.broken())
      text += fmt::format(" {} {}", broken.property, broken.violation.reason);
    judged.outcomes.push_back(std::move(text));
  }
  return judged;
}

TEST_CASE("judging what is alike once finds what judging all does, execution by execution") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v2", "serialized"}) {
    for (const char* const requests :
         {"3*zeroes", "write, zeroes, flush", "2*write 0 512, zeroes", "2*write ; zeroes",
          "2*flush, zeroes", "3*write 0 512", "read, write, discard"}) {
      CAPTURE(driver);
      CAPTURE(requests);
      const Judged all = judge_all(driver, requests, false),
                   once = judge_all(driver, requests, true);
      CHECK(once.outcomes == all.outcomes);
      CHECK(once.asked <= all.asked);
    }
  }
}

TEST_CASE("it saves nearly all judgements where requests differ in little but their order") {
  const Judged all = judge_all("fixed", "4*zeroes", false),
               once = judge_all("fixed", "4*zeroes", true);
  CHECK(all.outcomes.size() == 576);
  CHECK(all.asked >= 576);
  CHECK(once.outcomes == all.outcomes);
  CHECK(once.asked < 100);  // 4! orders of the entries; some are asked again, in other orders
}

TEST_CASE("who looks at more than is told is asked about every execution") {
  CHECK(judge_all("fixed", "3*zeroes", true, true).asked >= 36);
}

}  // namespace
}  // namespace simcheck::test
