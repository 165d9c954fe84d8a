// Power cuts in the explorer: every state in which the power can fail is met, and judged once.

#include <doctest/doctest.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "sim/code_failed.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/model/forwarder.hpp"
#include "tests/support/build.hpp"

namespace simcheck::test {
namespace {

using model::StrategyKind;
using properties::Evidence;
using properties::Judgement;
using sim::DeviceRole;
using sim::DiskMoment;

constexpr std::uint32_t everything_of(DeviceRole role) {
  return bit_of(role, DiskMoment::kHeadEffect) | bit_of(role, DiskMoment::kBodyEffect) |
         bit_of(role, DiskMoment::kFlushCompleted) | bit_of(role, DiskMoment::kFuaCompleted);
}

// Finds nothing wrong, and lets cuts differ in anything that either disk can show.
class LooksAtBothDisks final : public properties::Property {
 public:
  std::string_view name() const override { return "looks-at-both-disks"; }
  std::string_view summary() const override { return "cuts around all that happens"; }
  bool is_symmetric() const override { return true; }
  properties::Observes observes() const override {
    return {.record = true,
            .overwritten = true,
            .cut = everything_of(DeviceRole::kData) | everything_of(DeviceRole::kLog) |
                   bit_of(sim::EventKind::kAcknowledged)};
  }
  Judgement judge(const Evidence&) const override { return Judgement::not_exercised(); }
  Judgement judge_crash(const sim::History& history) const override {
    return history.data != nullptr ? Judgement::holds() : Judgement::not_exercised();
  }
};

constexpr properties::Order kWhatAFlushCovers[] = {
    {.reads = bit_of_log(DiskMoment::kFlushSubmitted),
     .writes = bit_of_log(DiskMoment::kHeadCompleted) | bit_of_log(DiskMoment::kBodyCompleted)}};

// Counts the executions that are judged as a whole, and are told apart as where the power is cut.
class CountsExecutions final : public properties::Property {
 public:
  std::string_view name() const override { return "counts-executions"; }
  std::string_view summary() const override { return "one for each execution to its end"; }
  properties::Observes observes() const override { return {.orders = kWhatAFlushCovers}; }
  Judgement judge(const Evidence&) const override {
    ++judged;
    return Judgement::not_exercised();
  }
  mutable std::atomic<std::uint64_t> judged = 0;
};

model::CheckOptions cut_options(std::string_view driver, const std::string& text,
                                std::shared_ptr<const properties::Property> property) {
  model::CheckOptions options = options_for(driver, text);
  options.properties = {std::move(property)};
  options.power_cut.emplace();
  return options;
}

model::CrashCounts crashes_of(model::CheckOptions options, StrategyKind strategy,
                              bool symmetry = false) {
  options.strategy = strategy;
  options.symmetry = symmetry;
  const model::Result result = check(options);
  CHECK(result.counts.blocked == 0);
  return result.crashes.value();
}

}  // namespace

TEST_CASE("dpor cuts the power in every state that all interleavings have, and in no other") {
  for (const std::string driver : {"buggy", "fixed", "serialized"}) {
    for (const std::string text :
         {"write", "flush", "2*write", "write, flush", "write; flush",
          by_build("2*zeroes", "zeroes"), by_build("2*write; flush", "zeroes; flush")}) {
      CAPTURE(driver);
      CAPTURE(text);
      const auto of_log = cut_options(driver, text, properties::make_crash_parses());
      CHECK(crashes_of(of_log, StrategyKind::kDpor) == crashes_of(of_log, StrategyKind::kDfs));
      const auto of_both = cut_options(driver, text, std::make_shared<LooksAtBothDisks>());
      CHECK(crashes_of(of_both, StrategyKind::kDpor) == crashes_of(of_both, StrategyKind::kDfs));
    }
  }
}

TEST_CASE("where images show the order of all effects, dpor keeps it") {
  for (const sim::CrashModel crash : {sim::CrashModel{.sector_bytes = 4096},
                                      sim::CrashModel{.durability = sim::Durability::kPrefix}}) {
    auto options = cut_options("buggy", "2*write", properties::make_crash_parses());
    const model::CrashCounts usual = crashes_of(options, StrategyKind::kDpor);
    options.power_cut->model = crash;
    const model::CrashCounts counts = crashes_of(options, StrategyKind::kDpor);
    CHECK(counts == crashes_of(options, StrategyKind::kDfs));
    CHECK(counts.states > usual.states);
  }
}

TEST_CASE("the other models of durability leave other images of the same states") {
  auto options = cut_options("serialized", "write, flush", properties::make_crash_parses());
  const model::CrashCounts usual = crashes_of(options, StrategyKind::kDpor);
  for (const auto durability : {sim::Durability::kWholeRequests, sim::Durability::kCacheOff}) {
    options.power_cut->model.durability = durability;
    const model::CrashCounts counts = crashes_of(options, StrategyKind::kDpor);
    CHECK(counts == crashes_of(options, StrategyKind::kDfs));
    CHECK(counts.images < usual.images);
  }
}

// Looks at a device that it does not say it looks at.
class LooksAtDataUnsaid final : public properties::Property {
 public:
  std::string_view name() const override { return "looks-unsaid"; }
  std::string_view summary() const override { return "reads the data device"; }
  properties::Observes observes() const override {
    return {.record = true, .cut = everything_of(DeviceRole::kLog)};
  }
  Judgement judge(const Evidence&) const override { return Judgement::not_exercised(); }
  Judgement judge_crash(const sim::History& history) const override {
    return checksum_of(*history.data, 0, 512) != 0 ? Judgement::holds()
                                                   : Judgement::not_exercised();
  }
};

TEST_CASE("a property that looks at a device of which it names no moment is told so") {
  auto options = cut_options("fixed", "write", std::make_shared<LooksAtDataUnsaid>());
  for (const bool recovers : {false, true}) {
    if (recovers) options.power_cut->recovery.run = [](const sim::RecoveryDevices&) {};
    CHECK_THROWS_WITH_AS(check(options), doctest::Contains("observes().cut names no moment of it"),
                         sim::CodeFailed);
  }
}

TEST_CASE("what is not cut short is what there is without cuts, and is judged alike") {
  for (const std::string driver : {"buggy", "mutex-v2", "serialized"}) {
    for (const std::string text : {"2*write", "write, flush", "2*zeroes", "2*flush"}) {
      CAPTURE(driver);
      CAPTURE(text);
      const auto counter = std::make_shared<CountsExecutions>();
      model::CheckOptions options = options_for(driver, text);
      options.properties.push_back(properties::make_crash_parses());
      options.properties.push_back(counter);
      const model::Result plain = check(options);
      const std::uint64_t judged = counter->judged.exchange(0);
      options.power_cut.emplace();
      const model::Result cut = check(options);
      CHECK(cut.counts.executions > plain.counts.executions);
      CHECK(cut.counts.deadlocked == plain.counts.deadlocked);
      // Where an exploration starts over, more are judged than count.
      if (judged == plain.counts.executions) CHECK(counter->judged == judged);
      for (std::size_t p = 0; p + 2 < options.properties.size(); ++p)
        CHECK(cut.properties[p].verdict == plain.properties[p].verdict);
    }
  }
}

TEST_CASE("with symmetry, fewer states are cut, and the verdict is the same") {
  const auto options = cut_options("serialized", "2*write, flush", properties::make_crash_parses());
  CHECK(crashes_of(options, StrategyKind::kDpor, true).states <
        crashes_of(options, StrategyKind::kDpor).states);
}

// Of two writes behind a write-zeroes, the first waits for the second. Nobody waits for ever.
struct WaitsForItsTwin final : Forwarder {
  WaitsForItsTwin(sim::World& in, sim::BlockDevice& data_device, sim::BlockDevice& log_device)
      : Forwarder(in, data_device, log_device),
        zeroed(in, "zeroed"),
        came(in, "came"),
        done(in, "done"),
        queue(in, "queue") {}
  sim::IoStatus do_write(std::uint64_t, const sim::Payload&, sim::IoFlags) override {
    const bool waits = zeroed.load() == 1 && came.exchange(1) == 0;
    while (waits && done.load() == 0) queue.wait();
    if (!waits) world.yield();
    done.store(1);
    queue.wake_all();
    return sim::IoStatus::kOk;
  }
  sim::IoStatus do_write_zeroes(std::uint64_t, std::uint64_t, sim::IoFlags) override {
    zeroed.store(1);
    return sim::IoStatus::kOk;
  }
  sim::Shared<int> zeroed, came, done;
  sim::WaitQueue queue;
};

TEST_CASE("who waits for its turn among requests that can be exchanged is in no deadlock") {
  auto options = cut_options("fixed", "2*write, zeroes", std::make_shared<LooksAtBothDisks>());
  options.make_device = make<WaitsForItsTwin>;
  options.properties.push_back(properties::make_deadlock_free());
  for (const bool symmetry : {false, true}) {
    for (const auto strategy : {StrategyKind::kDfs, StrategyKind::kDpor, StrategyKind::kStateful}) {
      CAPTURE(symmetry);
      CAPTURE(strategy);
      options.symmetry = symmetry;
      options.strategy = strategy;
      const model::Result result = check(options);
      CHECK(result.verdict == model::Verdict::kHolds);
      CHECK(result.counts.deadlocked == 0);
    }
  }
}

TEST_CASE("images are judged by what recovery reads of them") {
  const auto options = cut_options("fixed", "2*write", properties::make_crash_parses());
  const model::CrashCounts counts = crashes_of(options, StrategyKind::kDpor);
  // No superblock was written, so recovery reads that sector alone: one content each.
  CHECK(counts.recoveries == counts.states);
  CHECK(counts.images > 1000 * counts.recoveries);
}

TEST_CASE("a counterexample ends with the cut, says what was lost, and replays") {
  model::CheckOptions options =
      cut_options("serialized", "write; flush", properties::make_crash_parses());
  options.keep_going = false;
  const model::Result result = check(options);
  REQUIRE(result.counterexamples.size() == 1);
  const model::Counterexample& example = result.counterexamples.front();
  REQUIRE(!example.trace.steps.empty());
  CHECK(example.trace.steps.back().kind == model::StepKind::kCut);
  CHECK(example.trace.lanes.back().name == "power");
  CHECK(example.findings.front().step == example.trace.steps.size() - 1);
  CHECK(example.findings.front().reason ==
        "after the power cut the superblock counts 2 entries, but the 2nd, at log sector 10, is a "
        "hole: its header is all zeroes; of this was lost: the write of 512 bytes at log byte 5120 "
        "by B");
  options.strategy = StrategyKind::kReplay;
  options.schedule = example.schedule;
  CHECK(check(options).counterexamples.front().findings.front().reason ==
        example.findings.front().reason);
}

TEST_CASE("where no property looks at cuts, there are none") {
  model::CheckOptions options = options_for("fixed", "2*write");
  options.properties = {properties::make_no_overlap()};
  options.power_cut.emplace();
  const model::Result result = check(options);
  CHECK(!result.crashes);
  CHECK(result.counts.executions == 4);
}

}  // namespace simcheck::test
