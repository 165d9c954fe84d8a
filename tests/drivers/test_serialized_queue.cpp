// The queue for superblock updates of `serialized`: no waiter is lost, none waits for ever,
// whatever write to the log fails. docs/drivers.md has the larger runs.

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include "cli/fault_values.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/support/build.hpp"

namespace simcheck::test {
namespace {

// "holds" if every request comes back in every interleaving of every plan.
std::string every_request_returns(const std::string& text, std::uint64_t interval,
                                  const std::string& faults) {
  model::CheckOptions options = options_for("serialized", text);
  options.make_device = device("serialized", {.super_update_interval = interval});
  options.super_interval = interval;
  options.properties = {properties::make_deadlock_free(), properties::make_terminates(),
                        properties::make_no_exception()};
  options.strategy = model::StrategyKind::kStateful;
  options.symmetry = true;
  if (!faults.empty()) options.faults = cli::read_faults(faults);
  const model::Result result = model::check(options);
  CHECK(result.coverage.complete());
  CHECK(result.counts.deadlocked == 0);
  return to_string(result.verdict);
}

}  // namespace

TEST_CASE("serialized: no waiter is lost among flushes and interval updates") {
  for (const char* const text :
       {by_build("4*flush", "3*flush"), by_build("4*write", "3*write"),
        by_build("2*flush, 2*write", "2*flush, write"), "3*flush ; flush"}) {
    for (const std::uint64_t interval : {1U, 2U}) {
      CAPTURE(text);
      CAPTURE(interval);
      CHECK(every_request_returns(text, interval, "") == "holds");
    }
  }
}

TEST_CASE("serialized: no waiter is lost when a write to the log fails") {
  for (const char* const text :
       {by_build("4*flush", "2*flush"), by_build("2*flush, write", "flush, write"),
        "flush, 2*write", "2*flush ; flush"}) {
    for (const std::uint64_t interval : {1U, 2U}) {
      CAPTURE(text);
      CAPTURE(interval);
      CHECK(every_request_returns(text, interval, "eio.log=1") == "holds");
    }
  }
}

TEST_CASE("serialized: no waiter is lost when two writes fail") {
  for (const char* const text :
       {by_build("3*flush", "2*flush"), by_build("2*flush, write", "flush, write")}) {
    CAPTURE(text);
    CHECK(every_request_returns(text, 1, "eio.log=2") == "holds");
  }
}

// Where `mutex-v2` deadlocks: two of the requests share a thread.
TEST_CASE("serialized: no waiter is lost in two threads") {
  model::CheckOptions options = options_for("serialized", "3*flush");
  options.properties = {properties::make_deadlock_free(), properties::make_terminates()};
  options.strategy = model::StrategyKind::kStateful;
  options.symmetry = true;
  options.threads = 2;
  const model::Result result = model::check(options);
  CHECK(result.coverage.complete());
  CHECK(result.verdict == model::Verdict::kHolds);
}

}  // namespace simcheck::test
