// `crash-safe` keeps every promise while a disk fails once and the power is cut at any step.

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "tests/drivers/crash_safe_checks.hpp"
#include "tests/support/build.hpp"

namespace simcheck::test {
namespace {

using cli::InitialLogKind;

constexpr InitialLogKind kAllLogs[] = {InitialLogKind::kEmpty, InitialLogKind::kZeroed,
                                       InitialLogKind::kOlder, InitialLogKind::kAppend};

// "holds", or what is broken.
std::string found(const model::CheckOptions& options) {
  const model::Result result = model::check(options);
  if (result.counterexamples.empty()) {
    CHECK(result.coverage.complete());
    return to_string(result.verdict);
  }
  const model::Counterexample& example = result.counterexamples.front();
  return example.workload + " with " + example.fault_plan + ": " + example.findings.front().reason;
}

// Most of what can go wrong takes two requests; those of three are many times as many executions.
void keep_small(model::CheckOptions& options, std::size_t requests) {
  std::erase_if(options.workloads,
                [requests](const model::Workload& each) { return each.size() > requests; });
}

void check_all_logs(const std::string& faults, std::uint64_t interval) {
  if (interval != by_build(interval, std::uint64_t{2})) return;
  for (const InitialLogKind log : kAllLogs) {
    // An older log has most in it that can be taken for another's.
    if (log != by_build(log, InitialLogKind::kOlder)) continue;
    // A full log: behind what is there, room for one write and two small entries.
    const std::string full = "cut,enospc=" + std::to_string(sectors_of(log) + 11);
    CAPTURE(to_string(log));
    CAPTURE(interval);
    auto options = crash_safe({.faults = faults == "full" ? full : faults,
                               .super_interval = interval,
                               .initial_log = log},
                              properties_of_crash_safe());
    keep_small(options, 2);
    CHECK(found(options) == "holds");
  }
}

}  // namespace

TEST_CASE("crash-safe: holds everything, whatever one request fails and whenever the power does") {
  for (const std::uint64_t interval : {1U, 2U, 3U, 4096U}) check_all_logs("cut,eio=1", interval);
}

TEST_CASE("crash-safe: holds everything when a write tears") {
  for (const std::uint64_t interval : {1U, 2U, 3U, 4096U}) check_all_logs("cut,torn=1", interval);
}

TEST_CASE("crash-safe: holds everything on a full log") {
  for (const std::uint64_t interval : {1U, 2U, 3U, 4096U}) check_all_logs("full", interval);
}

TEST_CASE("crash-safe: holds everything with workloads of three requests") {
  for (const char* const faults : {"cut,eio=1", "cut,torn=1", "cut,enospc=12"}) {
    CAPTURE(faults);
    auto options = crash_safe({.faults = faults}, properties_of_crash_safe());
    keep_small(options, by_build(3, 1));
    CHECK(found(options) == "holds");
  }
}

TEST_CASE("crash-safe: holds everything in two threads") {
  for (const CrashSafeCheck& what :
       {CrashSafeCheck{.faults = "cut"}, {.faults = "eio=1"}, {.super_interval = 1}}) {
    if (kSanitized && what.super_interval != 1) continue;
    CAPTURE(what.faults);
    auto options = crash_safe(what, properties_of_crash_safe());
    options.threads = 2;
    keep_small(options, by_build(2, 1));
    CHECK(found(options) == "holds");
  }
}

}  // namespace simcheck::test
