// Which of the properties on request each generation keeps, by update interval, and the first
// workload of the default set that breaks it.

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "model/default_workloads.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/support/build.hpp"

namespace simcheck::test {
namespace {

// "write 0 4k, flush" for what breaks it, else the verdict.
std::string found(std::string_view property, std::string_view driver, std::uint64_t interval,
                  std::uint32_t depth = 3) {
  model::CheckOptions options = options_for(driver, "flush");
  options.workloads = model::default_workloads(depth, 4096);
  options.make_device = device(driver, {.super_update_interval = interval});
  options.super_interval = interval;
  options.equivalence = model::Equivalence::kObserved;
  options.symmetry = true;
  options.keep_going = false;
  for (const properties::PropertyInfo& info : properties::all_properties()) {
    if (info.name == property) options.properties = {info.make()};
  }
  const model::Result result = model::check(options);
  return result.counterexamples.empty() ? to_string(result.verdict)
                                        : result.counterexamples.front().workload;
}

using Intervals = std::vector<std::uint64_t>;  // between updates, in entries

constexpr const char* kTwoWrites = "write 0 4k, write 8k 4k";
constexpr const char* kWriteFlush = "write 0 4k, flush";
constexpr const char* kTwoFlushes = "flush, flush";

}  // namespace

TEST_CASE("super-monotone: only the generations that update one at a time keep it") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v1"}) {
    CAPTURE(driver);
    CHECK(found("super-monotone", driver, 1) == kTwoWrites);
    CHECK(found("super-monotone", driver, 2) == kWriteFlush);
    CHECK(found("super-monotone", driver, 3) == kTwoFlushes);
    CHECK(found("super-monotone", driver, 4096) == kTwoFlushes);
  }
  for (const char* const driver : {"mutex-v2", "serialized"}) {
    CAPTURE(driver);
    for (const std::uint64_t interval : by_build(Intervals{1, 2, 3, 4096}, {2, 4096})) {
      CHECK(found("super-monotone", driver, interval) == "holds");
    }
  }
}

TEST_CASE("super-covers-complete: nobody keeps it") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v1", "mutex-v2", "serialized"}) {
    CAPTURE(driver);
    CHECK(found("super-covers-complete", driver, 1) == kTwoWrites);
    CHECK(found("super-covers-complete", driver, 2) == kTwoWrites);
    CHECK(found("super-covers-complete", driver, 3) == kWriteFlush);
    CHECK(found("super-covers-complete", driver, 4096) == kWriteFlush);
  }
}

TEST_CASE("super-interval: only the generations that update one at a time keep it") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v1"}) {
    CAPTURE(driver);
    CHECK(found("super-interval", driver, 1) == kTwoWrites);
    CHECK(found("super-interval", driver, 2) == kWriteFlush);
    CHECK(found("super-interval", driver, 3) == "write 0 4k, write 8k 4k, flush");
    CHECK(found("super-interval", driver, 4096) == "not exercised");
  }
  for (const char* const driver : {"mutex-v2", "serialized"}) {
    CAPTURE(driver);
    for (const std::uint64_t interval : by_build(Intervals{1, 2, 3}, {2})) {
      CHECK(found("super-interval", driver, interval) == "holds");
    }
  }
}

// All test the count when all three have reserved, which is 3.
TEST_CASE(
    "super-interval: three writes pass over an interval of 2, if the current count is tested") {
  const auto broken = [](std::string_view driver) {
    model::CheckOptions options = options_for(driver, "3*write");
    options.make_device = device(driver, {.super_update_interval = 2});
    options.super_interval = 2;
    options.properties = {properties::make_super_interval()};
    return model::check(options).properties.front().reason;
  };
  CHECK(broken("fixed").ends_with("updated every 2, but it counts 0"));
  CHECK(broken("mutex-v1") == "");
  CHECK(broken("serialized") == "");
}

TEST_CASE("flush-durable: nobody keeps it") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v1"}) {
    CAPTURE(driver);
    CHECK(found("flush-durable", driver, 1) == kWriteFlush);
    CHECK(found("flush-durable", driver, 2) == kTwoFlushes);
    CHECK(found("flush-durable", driver, 4096) == kTwoFlushes);
  }
  for (const char* const driver : {"mutex-v2", "serialized"}) {
    CAPTURE(driver);
    CHECK(found("flush-durable", driver, 1) == kWriteFlush);
    CHECK(found("flush-durable", driver, 2) == kWriteFlush);
    CHECK(found("flush-durable", driver, 4096) == kTwoFlushes);
  }
}

TEST_CASE("flush-covers-issued-only: nobody keeps it") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v1", "mutex-v2", "serialized"}) {
    CAPTURE(driver);
    CHECK(found("flush-covers-issued-only", driver, 4096) == kWriteFlush);
  }
}

TEST_CASE("flush-covers-issued-only: an empty write completes before or behind a flush, too") {
  model::CheckOptions options = options_for("buggy", "write 0 0, flush");
  std::erase_if(options.properties = every_property(), [](const auto& property) {
    return property->name() != "flush-covers-issued-only";
  });
  for (const auto strategy : {model::StrategyKind::kDfs, model::StrategyKind::kDpor}) {
    options.strategy = strategy;
    CHECK(model::check(options).verdict == model::Verdict::kViolated);
  }
}

TEST_CASE("fua-recorded: nobody keeps it, and the default workloads ask for none") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v1", "mutex-v2", "serialized"}) {
    CAPTURE(driver);
    CHECK(found("fua-recorded", driver, 4096, 2) == "not exercised");
    model::CheckOptions options = options_for(driver, "write fua");
    options.properties = {properties::make_fua_recorded()};
    CHECK(model::check(options).verdict == model::Verdict::kViolated);
  }
}

}  // namespace simcheck::test
