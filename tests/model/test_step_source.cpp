// Steps of a trace name the driver's line that they are about.

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <variant>
#include <vector>

#include "model/recorder.hpp"
#include "model/schedule.hpp"
#include "sim/shared.hpp"
#include "sim/sync.hpp"
#include "tests/model/drivers_under_check.hpp"
#include "tests/support/paths.hpp"

namespace simcheck::test {
namespace {

// "drivers/buggy.cpp:25" -> that line.
std::string text_at(const std::string& source) {
  const std::size_t colon = source.rfind(':');
  REQUIRE(colon != std::string::npos);
  std::ifstream file(source_dir() / source.substr(0, colon));
  std::string line;
  for (int n = std::stoi(source.substr(colon + 1)); n > 0; --n) REQUIRE(std::getline(file, line));
  return line;
}

// The lines of the steps in which such a request took effect.
std::vector<std::string> lines_about(const model::Trace& trace, const std::string& what) {
  std::vector<std::string> lines;
  for (const model::TraceStep& step : trace.steps) {
    if (step.kind != model::StepKind::kEffect) continue;
    const bool has = std::ranges::any_of(step.ios, [&](const auto& io) { return io.what == what; });
    if (has) lines.push_back(step.source);
  }
  return lines;
}

model::Trace trace_of(const char* driver, const char* workload, std::uint32_t threads = 1) {
  model::CheckOptions options = options_for(driver, workload);
  options.threads = threads;
  const model::Result result = model::check(options);
  REQUIRE(!result.counterexamples.empty());
  return result.counterexamples.front().trace;
}

model::Trace trace_of(const sim::Testbed::Build& build, const char* schedule) {
  return model::record(build, std::get<model::Schedule>(model::parse_schedule(schedule)), {}, 512);
}

}  // namespace

TEST_CASE("requests of the racy driver point to where it makes them") {
  const model::Trace trace = trace_of("buggy", "2*zeroes");
  const std::vector<std::string> headers = lines_about(trace, "header");
  CHECK(headers.size() == 2);
  for (const std::string& line : headers) {
    CAPTURE(line);
    CHECK(line.starts_with("drivers/buggy.cpp:"));
    CHECK(text_at(line).find("write_header(entry, request)") != std::string::npos);
  }
  const std::vector<std::string> zeroes = lines_about(trace, "zeroes");
  REQUIRE(!zeroes.empty());
  CHECK(text_at(zeroes.front()).find("write_zeroes_at(zeroes, request)") != std::string::npos);
}

TEST_CASE("a wait points to the wait, also from within a helper of it") {
  const model::Trace trace = trace_of("mutex-v2", "2*flush", 1);
  const auto waits = std::ranges::find_if(trace.steps, [](const model::TraceStep& step) {
    return std::ranges::any_of(step.notes, [](const std::string& note) {
      return note.find("waits on") != std::string::npos;
    });
  });
  REQUIRE(waits != trace.steps.end());
  CHECK(text_at(waits->source).find("super_updated_.wait(mutex_)") != std::string::npos);
}

TEST_CASE("with several threads an operator of a Shared has no line, and a named function has") {
  const std::uint32_t line = __LINE__ + 4;
  const sim::Testbed::Build build = [](sim::World& world) {
    auto& shared = world.make<sim::Shared<int>>(world, "shared");
    const auto body = [&shared] {
      shared.store(1);
      shared = 2;
    };
    world.spawn("A", body, {.thread = sim::ThreadId{0}});
    world.spawn("B", body, {.thread = sim::ThreadId{1}});
  };
  const model::Trace trace = trace_of(build, "s1:0*3.1*3");
  REQUIRE(trace.steps.size() == 6);
  CHECK(trace.steps[0].source.empty());
  CHECK(trace.steps[1].source == "tests/model/test_step_source.cpp:" + std::to_string(line));
  CHECK(trace.steps[2].source.empty());
}

}  // namespace simcheck::test
