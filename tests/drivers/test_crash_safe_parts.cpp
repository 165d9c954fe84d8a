// Each part of `crash-safe` is needed: without it a promise breaks, in the smallest way shown here.
// And what no driver of this format can hold.

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "logs/rules.hpp"
#include "model/save_disk.hpp"
#include "tests/drivers/crash_safe_checks.hpp"
#include "tests/logs/judged.hpp"
#include "tests/support/build.hpp"

namespace simcheck::test {
namespace {

using cli::InitialLogKind;
using drivers::CrashSafePart;

// The first workload that breaks the property, and its faults.
std::string broken(const char* name, const CrashSafeCheck& what) {
  const model::Result result = model::check(crash_safe(what, property(name)));
  if (result.counterexamples.empty()) return to_string(result.verdict);
  const model::Counterexample& example = result.counterexamples.front();
  return example.workload + (example.fault_plan.empty() ? "" : " with " + example.fault_plan);
}

std::string without(CrashSafePart part, const char* name, CrashSafeCheck what = {}) {
  if (!kSanitized) CHECK(broken(name, what) == "holds");  // takes a hundred times as long
  what.left_out = bit_of(part);
  return broken(name, what);
}

}  // namespace

TEST_CASE("crash-safe: without the reset, an older log's count is followed into new entries") {
  CHECK(without(CrashSafePart::kReset, "crash-parses",
                {.faults = "cut", .initial_log = InitialLogKind::kOlder}) == "write 0 4k");
}

TEST_CASE("crash-safe: without the complete prefix, the superblock counts what is not written") {
  constexpr CrashSafePart part = CrashSafePart::kCompletePrefix;
  CHECK(without(part, "super-covers-complete") == "write 0 4k, flush");
  CHECK(without(part, "super-covers-complete", {.super_interval = 1}) == "write 0 4k, write 8k 4k");
  CHECK(without(part, "crash-parses", {.faults = "cut"}) == "write 0 4k, flush");
}

TEST_CASE("crash-safe: without the barrier, the superblock gets to the medium first") {
  constexpr CrashSafePart part = CrashSafePart::kBarrier;
  CHECK(without(part, "crash-parses", {.faults = "cut"}) == "flush");
  CHECK(without(part, "crash-parses", {.faults = "cut", .super_interval = 1}) == "write 0 4k");
}

TEST_CASE("crash-safe: a flush that does not wait is acknowledged too early") {
  constexpr CrashSafePart part = CrashSafePart::kFlushWaits;
  CHECK(without(part, "flush-durable") == "flush, flush");
  CHECK(without(part, "super-interval", {.super_interval = 1}) == "write 0 4k, write 8k 4k");
  CHECK(without(part, "crash-parses", {.faults = "cut"}) == "write 0 4k ; flush, flush");
}

TEST_CASE("crash-safe: without the order, a request is acknowledged behind a hole") {
  constexpr CrashSafePart part = CrashSafePart::kInOrder;
  CHECK(without(part, "survives-io-error", {.faults = "eio=1"}) ==
        "write 0 4k, write 8k 4k with A.4=eio");
  CHECK(without(part, "super-covers-complete") == "write 0 4k, flush");
}

TEST_CASE("crash-safe: a flush that holds no place has unflushed writes before its entry") {
  CHECK(without(CrashSafePart::kFlushFirst, "flush-covers-issued-only") == "write 0 4k, flush");
}

TEST_CASE("crash-safe: what the data device refused must not be logged") {
  CHECK(without(CrashSafePart::kOnlyDone, "failed-not-logged", {.faults = "eio=1"}) ==
        "write 0 4k with A.1=eio");
}

// -- What no driver of this format holds ---------------------------------------------------------

namespace {

std::string all_findings(const logs::Verdict& verdict) {
  std::string ids;
  for (const logs::Finding& finding : verdict.findings)
    if (finding.rule->severity != logs::Severity::kNote)
      ids += (ids.empty() ? "" : ", ") + std::string(finding.rule->id);
  return ids.empty() ? "sound" : ids;
}

std::string rules_say(model::CheckOptions options, const model::Counterexample& example) {
  options.faults = {};
  options.fault_plan = cli::read_fault_plan(example.fault_plan);
  std::vector<std::byte> log;
  model::save_disk(options, workload(example.workload), example.schedule, sim::DeviceRole::kLog,
                   [&log](const sim::ContentView& content, std::uint64_t end) {
                     log.resize(end);
                     sim::read_content(content, 0, log);
                   });
  return all_findings(judged(log));
}

// The first way to break the property by that fault: "write 0 4k with A.4=latent", and what the
// rules of the format say, notes apart, about the log that is left after a clean close.
std::string told(const char* name, const std::string& fault) {
  const model::CheckOptions options = crash_safe({.faults = fault}, property(name));
  const model::Result result = model::check(options);
  if (result.counterexamples.empty()) return to_string(result.verdict);
  const model::Counterexample& example = result.counterexamples.front();
  return example.workload + " with " + example.fault_plan + ": " + rules_say(options, example);
}

std::string found_after_cut(const std::string& fault) {
  const auto options = crash_safe({.faults = "cut," + fault}, property("crash-parses"));
  const model::Result result = model::check(options);
  return result.counterexamples.empty() ? to_string(result.verdict)
                                        : result.counterexamples.front().findings.front().reason;
}

}  // namespace

TEST_CASE("crash-safe: a rotten header ends the log for its reader, who can tell") {
  CHECK(told("log-parses", "latent.log=1") == "write 0 4k with A.4=latent: hole, flags");
  CHECK(contains(found_after_cut("latent.log=1"), "neither empty nor one of this format"));
}

TEST_CASE("crash-safe: rotten data is nothing that a reader can tell") {
  CHECK(told("replay-matches", "latent.data=1") == "write 0 4k with A.1=latent: sound");
}

TEST_CASE("crash-safe: an entry that went astray leaves a blank header, which is but a warning") {
  CHECK(told("log-parses", "misdirected.log=1") == "write 0 4k with A.4=misdirected: blank-header");
  CHECK(contains(found_after_cut("misdirected.log=1"), "is a hole: its header is all zeroes"));
}

TEST_CASE("crash-safe: a lost flush shows after a crash only, as if nobody had flushed") {
  CHECK(told("flush-durable", "lost-flush.log=1") == "flush with A.7=lost-flush: sound");
  CHECK(contains(found_after_cut("lost-flush.log=1"), "is a hole: its header is all zeroes"));
}

}  // namespace simcheck::test
