// What requests share where no footprint shows it is noticed, since a trace does not do the same in
// every order; and what footprints show is never taken for that.
#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

#include "model/divergence.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/model/forwarder.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {
namespace {

using model::StrategyKind;
using sim::IoStatus;

constexpr std::uint64_t kLogSector = 512;

// Counts its requests from a read before a wait to a write behind it.
template <class Number>
struct LosesUpdates final : Forwarder {
  LosesUpdates(sim::World& world, sim::BlockDevice& data,
               sim::BlockDevice& log) requires std::is_same_v<Number, int>
      : Forwarder(world, data, log), number(0) {}
  LosesUpdates(sim::World& world, sim::BlockDevice& data,
               sim::BlockDevice& log) requires(!std::is_same_v<Number, int>)
      : Forwarder(world, data, log), number(world, "number") {}
  IoStatus do_flush() override {
    const int before = number;
    const IoStatus status = data.flush();
    if (number != before) throw std::runtime_error("lost an update");
    number = before + 1;
    return status;
  }
  Number number;
};

// Each request has a place in the log, in the order in which they arrive.
struct TakesPlaces final : Forwarder {
  using Forwarder::Forwarder;
  IoStatus do_flush() override {
    return log.write(kLogSector * next++, sim::Payload::filled(std::byte{1}, kLogSector));
  }
  int next = 0;
};

// Each has one of its own, and writes its number there, in the order in which they arrive.
struct NumbersContents final : Forwarder {
  using Forwarder::Forwarder;
  IoStatus do_flush() override {
    const auto place = kLogSector * index_of(world.current());
    return log.write(place, sim::Payload::filled(std::byte(++next), kLogSector));
  }
  int next = 0;
};

// Tells whether another came before it.
struct TellsNumbers final : Forwarder {
  using Forwarder::Forwarder;
  IoStatus do_flush() override {
    world.emit({.kind = sim::EventKind::kEntryPlaced, .sector = std::uint64_t(next++)});
    return data.flush();
  }
  int next = 0;
};

// Waits for a request that comes after it, by asking again and again.
struct Polls final : Forwarder {
  using Forwarder::Forwarder;
  IoStatus do_flush() override {
    const bool is_first = next++ == 0;
    const IoStatus status = data.flush();
    if (is_first && next == 1) world.yield();
    return status;
  }
  int next = 0;
};

// Judges by the order of events that it does not name in observes().
struct InOrder final : properties::Property {
  std::string_view name() const override { return "in-order"; }
  std::string_view summary() const override { return "A is acknowledged first"; }
  properties::Judgement judge(const properties::Evidence& history) const override {
    for (const sim::Event& event : history.events) {
      if (event.kind != sim::EventKind::kAcknowledged) continue;
      if (event.request == sim::RequestId{0}) break;
      return properties::Judgement::violated("A was not first", event.step);
    }
    return properties::Judgement::holds();
  }
};

model::CheckOptions options_of(model::MakeDevice make_device, const std::string& text) {
  model::CheckOptions options = options_for("fixed", text);
  options.make_device = std::move(make_device);
  options.properties.clear();
  for (const auto& property : default_properties()) {
    if (property->name() == "no-exception") options.properties.push_back(property);
  }
  return options;
}

std::string told_of(const model::CheckOptions& options) {
  try {
    model::check(options);
  } catch (const model::Divergence& divergence) {
    return divergence.what();
  }
  return "nothing";
}

template <class Driver>
std::string told_of(const std::string& text = "2*flush") {
  return told_of(options_of(make<Driver>, text));
}

TEST_CASE("an update lost in a plain member is noticed, by whoever reduces") {
  model::CheckOptions options = options_of(make<LosesUpdates<int>>, "2*flush");
  CHECK(contains(told_of(options),
                 "undeclared shared state: step 3 of A and step 4 of B were exchanged, whose "
                 "footprints have nothing in common, and now step 6 of B ends with an exception "
                 "(lost an update)\n"));
  CHECK(
      contains(told_of(options),
               "\n  to compare: --replay 's1:0*3.1*3' and --replay 's1:0*2.1.0.1*2', which breaks "
               "no-exception; "));
  options.threads = 2;
  CHECK(contains(told_of(options), "undeclared shared state"));
  options.threads = 1;
  options.equivalence = model::Equivalence::kTrace;
  CHECK(contains(told_of(options), "undeclared shared state"));
  options.strategy = StrategyKind::kStateful;
  CHECK(contains(told_of(options), "undeclared shared state"));
  options.strategy = StrategyKind::kDpor;
  options.bound = {model::ScheduleBound::Of::kPreemptions, 1};
  CHECK(contains(told_of(options), "undeclared shared state"));
}

TEST_CASE("dfs finds what the state breaks, and a Shared is explored") {
  model::CheckOptions options = options_of(make<LosesUpdates<int>>, "2*flush");
  options.strategy = StrategyKind::kDfs;
  CHECK(model::check(options).verdict == model::Verdict::kViolated);
  options.strategy = StrategyKind::kDpor;
  options.make_device = make<LosesUpdates<sim::Shared<int>>>;
  CHECK(model::check(options).verdict == model::Verdict::kViolated);
}

TEST_CASE("whatever shows it is named") {
  CHECK(contains(told_of<TakesPlaces>(),
                 "and now step 3 of A touches log 512+512 instead of log 0+512\n"));
  CHECK_FALSE(contains(told_of<TakesPlaces>(), "which breaks"));
  CHECK(contains(told_of<NumbersContents>(), "the log holds something else\n"));
  CHECK(contains(told_of<TellsNumbers>(),
                 "step 1 of A and step 2 of B were exchanged, whose footprints have nothing in "
                 "common, and now step 2 of A tells of other events\n"));
  CHECK(contains(told_of<Polls>(), "undeclared shared state"));
}

// Each request has objects of its own, in the order in which they come.
struct MakesObjects final : Forwarder {
  using Forwarder::Forwarder;
  IoStatus do_flush() override {
    sim::Shared<int> mine(world, "mine");
    sim::WaitQueue queue(world, "queue");
    mine = 1;
    const IoStatus status = data.flush();
    queue.wake_all();
    ++mine;
    return status;
  }
};

TEST_CASE("what requests make while they run is not shared by that") {
  CHECK(told_of<MakesObjects>("3*flush") == "nothing");
  model::CheckOptions options = options_of(make<MakesObjects>, "3*flush");
  CHECK(model::check(options).counts.executions == 1);
  options.threads = 3;
  CHECK(told_of(options) == "nothing");
}

TEST_CASE("one request shares nothing with itself") {
  CHECK(told_of<LosesUpdates<int>>("flush") == "nothing");
  CHECK(told_of<TakesPlaces>("flush ; flush") == "nothing");
}

TEST_CASE("a property that hides what it looks at is noticed") {
  model::CheckOptions options = options_of(make<Forwarder>, "2*flush");
  options.properties = {std::make_shared<InOrder>()};
  CHECK(contains(told_of(options),
                 "nothing in common, and now in-order judges otherwise\n  the events whose order "
                 "in-order depends on"));
}

// Says something else each so many times that it is asked.
struct Moody final : properties::Property {
  explicit Moody(int each) : every(each) {}
  std::string_view name() const override { return "moody"; }
  std::string_view summary() const override { return "keeps state"; }
  properties::Judgement judge(const properties::Evidence& history) const override {
    return ++asked % every == 0 ? properties::Judgement::violated("so it says", history.steps)
                                : properties::Judgement::holds();
  }
  int every;
  mutable int asked = 0;
};

// B goes on forever if it comes first.
struct Spins final : Forwarder {
  using Forwarder::Forwarder;
  IoStatus do_flush() override {
    if (next++ == 0 && world.current() == sim::FiberId{1}) {
      for (;;) world.yield();
    }
    return data.flush();
  }
  int next = 0;
};

TEST_CASE("what the exchanged execution breaks is said, also if it has no end") {
  model::CheckOptions options = options_of(make<Spins>, "2*flush");
  options.limits.steps_max = 100;
  std::erase_if(options.properties = default_properties(), [](const auto& property) {
    return property->name() != "deadlock-free" && property->name() != "terminates";
  });
  CHECK(contains(told_of(options), "', which breaks terminates; "));
}

// A write has a window in which flushes fail.
struct HasWindow final : Forwarder {
  using Forwarder::Forwarder;
  IoStatus do_write(std::uint64_t at, const sim::Payload& bytes, sim::IoFlags flags) override {
    log.write(2 * kLogSector, sim::Payload::filled(std::byte{1}, kLogSector));
    is_open = true;
    world.yield();
    is_open = false;
    log.write(3 * kLogSector, sim::Payload::filled(std::byte{2}, kLogSector));
    return data.write(at, bytes, flags);
  }
  IoStatus do_flush() override {
    if (is_open) throw std::runtime_error("within the window");
    return data.flush();
  }
  bool is_open = false;
};

TEST_CASE("what no sample shows may keep a reversed race from being run, and is told then") {
  model::CheckOptions options = options_of(make<HasWindow>, "write, flush, flush");
  options.threads = 2;
  CHECK(contains(told_of(options), "undeclared shared state: step "));
}

TEST_CASE("a property that keeps state is not taken for requests that share some") {
  for (int every = 2; every < 20; ++every) {
    CAPTURE(every);
    model::CheckOptions options = options_of(make<Forwarder>, "2*flush, write");
    options.properties = {std::make_shared<Moody>(every)};
    options.workers = 1;
    const std::string told = told_of(options);
    CHECK((told == "nothing" || contains(told, ": nondeterminism: ") ||
           contains(told, "moody judges otherwise")));
    if (every < 5) CHECK(told != "nothing");
  }
}

// Only an error shows it.
struct CountsErrors final : Forwarder {
  using Forwarder::Forwarder;
  IoStatus do_flush() override {
    const IoStatus status = data.flush();
    if (status != IoStatus::kOk) world.emit({.kind = sim::EventKind::kEntryPlaced, .sector = next});
    ++next;
    return status;
  }
  std::uint64_t next = 0;
};

TEST_CASE("the plan of faults is named") {
  model::CheckOptions options = options_of(make<CountsErrors>, "2*flush");
  CHECK(told_of(options) == "nothing");
  for (const model::FaultInfo& info : model::all_faults()) {
    if (info.name == "eio") options.faults.budgets = {{.what = &info, .max = 1}};
  }
  CHECK(
      contains(told_of(options), "workload 'flush, flush': with --fault-plan A.1=eio: undeclared"));
}

TEST_CASE("it is noticed where the power may be cut, too") {
  model::CheckOptions options = options_of(make<TakesPlaces>, "2*flush");
  options.properties = every_property();
  options.power_cut.emplace();
  CHECK(contains(told_of(options), "undeclared shared state"));
}

}  // namespace
}  // namespace simcheck::test
