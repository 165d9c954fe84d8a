// Every property's verdict is the same for dfs, which reduces nothing, and for what reduces.

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/model/drivers_under_check.hpp"
#include "tests/support/build.hpp"

namespace simcheck::test {
namespace {

using model::Equivalence;
using model::StrategyKind;

std::vector<std::string> verdicts(model::CheckOptions options, StrategyKind strategy,
                                  bool symmetry = false) {
  options.strategy = strategy;
  options.symmetry = symmetry;
  const model::Result result = model::check(options);
  std::vector<std::string> verdicts;
  for (const model::PropertyResult& property : result.properties) {
    verdicts.push_back(property.name + " " + to_string(property.verdict));
  }
  CHECK(result.counts.executions > 0);
  return verdicts;
}

}  // namespace

TEST_CASE("dfs, dpor and stateful agree on every property") {
  for (const char* const driver : {"buggy", "fixed", "mutex-v1", "mutex-v2", "serialized"}) {
    for (const char* const text : {by_build("write, flush", "write ; flush"), "zeroes ; flush"}) {
      for (const std::uint64_t interval : {1U, 4096U}) {
        CAPTURE(driver);
        CAPTURE(text);
        CAPTURE(interval);
        model::CheckOptions options = options_for(driver, text);
        options.make_device = device(driver, {.super_update_interval = interval});
        options.super_interval = interval;
        options.properties = every_property();
        options.equivalence = Equivalence::kObserved;
        const auto oracle = verdicts(options, StrategyKind::kDfs);
        CHECK(verdicts(options, StrategyKind::kDpor) == oracle);
        CHECK(verdicts(options, StrategyKind::kDpor, true) == oracle);
        CHECK(verdicts(options, StrategyKind::kStateful) == oracle);
      }
    }
  }
}

TEST_CASE("dfs, dpor and stateful agree on each property alone") {
  for (const auto& property : every_property()) {
    for (const char* const driver : {"fixed", "serialized"}) {
      for (const char* const text : {"write fua ; flush", by_build("write, flush", "flush")}) {
        CAPTURE(property->name());
        CAPTURE(driver);
        CAPTURE(text);
        model::CheckOptions options = options_for(driver, text);
        options.super_interval = 4096;
        options.properties = {property};
        options.equivalence = Equivalence::kObserved;
        const auto oracle = verdicts(options, StrategyKind::kDfs);
        CHECK(verdicts(options, StrategyKind::kDpor) == oracle);
        CHECK(verdicts(options, StrategyKind::kDpor, true) == oracle);
        CHECK(verdicts(options, StrategyKind::kStateful) == oracle);
      }
    }
  }
}

TEST_CASE("who looks at what was overwritten is given trace equivalence") {
  model::CheckOptions options = options_for("fixed", "2*flush");
  options.equivalence = Equivalence::kObserved;
  CHECK(model::check(options).reductions.front() == "observed equivalence");
  options.properties.push_back(properties::make_super_monotone());
  CHECK(model::equivalence_of(options) == Equivalence::kTrace);
  CHECK(model::check(options).reductions.front() == "trace equivalence");
}

}  // namespace simcheck::test
