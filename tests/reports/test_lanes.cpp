// The steps as lanes or lines: deadlocks, many lanes, what may share a row.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "reports/lanes.hpp"
#include "reports/plain_text.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/contains.hpp"

namespace simcheck::test {
namespace {

std::string lanes_text(const model::Counterexample& example, std::size_t width,
                       bool every_step = false) {
  std::string text;
  for (const auto& line : reports::lanes(example, {.width = width, .every_step = every_step})) {
    text += line + "\n";
  }
  return text;
}

std::size_t rows_of(const model::Counterexample& example, bool every_step) {
  return reports::lanes(example, {.width = 200, .every_step = every_step}).size();
}

}  // namespace

TEST_CASE("a deadlock ends with who waits for what") {
  CHECK(lanes_text(deadlocked_result().counterexamples.front(), 100) ==
        R"(  step  A: flush                        B: flush
  1     * submits log flush
  2     . log flush takes effect
  3     |                               * stops its thread
  end   x waits for its thread, which   x waits for condition variable
        |   is stopped                  |   super_updated
)");
}

TEST_CASE("a power cut has a lane and a mark of its own") {
  model::Counterexample example = sequential_counterexample(1, 8);
  example.trace.lanes.push_back({.name = "power"});
  example.trace.steps.push_back(
      {.lane = 1, .kind = model::StepKind::kCut, .notes = {"the power is cut"}});
  CHECK(lanes_text(example, 100).find("x the power is cut\n") != std::string::npos);
  CHECK(lanes_text(example, 40).find("power x the power is cut\n") != std::string::npos);
  model::Result result = passing_result();
  result.counterexamples = {example};
  CHECK(text_of(result).find(", | in flight, x the power is cut)\n") != std::string::npos);
  CHECK(text_of(racy_result()).find("| in flight)\n") != std::string::npos);
}

TEST_CASE("twelve lanes become lines, opened by the lane's name") {
  model::Counterexample example = sequential_counterexample(12, 8);
  example.trace.lanes[11].waits_for = "a mutex";
  const std::string text = lanes_text(example, 60);
  CHECK(
      text.starts_with("lanes: A: write 0k 4k, B: write 8k 4k, C: write 16k 4k,\n"
                       "       D: write 24k 4k, E: write 32k 4k, F: write 40k 4k,\n"));
  CHECK(text.find("  1    A * submits header+data @ log 1..9;\n"
                  "             cur_log_sector 1 -> 10\n"
                  "  2    A . header+data takes effect\n") != std::string::npos);
  CHECK(text.ends_with("  end  L x waits for a mutex\n"));
}

TEST_CASE("an object whose column finds no room is told in words") {
  const std::string narrow = lanes_text(racy_counterexample(), 80);
  CHECK(narrow.find("  sector\n  1-2 ") != std::string::npos);  // of cur_log_sector, folded
  CHECK(narrow.find("| nr_entries 0 -> 1") != std::string::npos);
}

TEST_CASE("steps share a row only where nothing is lost") {
  model::Counterexample example = racy_counterexample();
  CHECK(rows_of(example, true) > rows_of(example, false));

  SUBCASE("not where effects meet: their order shows") {
    const auto before = rows_of(example, false);
    for (model::TraceStep& step : example.trace.steps) {
      for (model::StepIo& io : step.ios) {
        if (io.device == "data") io.offset = 0;
      }
    }
    CHECK(rows_of(example, false) == before + 1);
  }
  SUBCASE("not where a property breaks") {
    example.findings = {{"no-overlap", "why", 2}};
    CHECK(lanes_text(example, 100).find("\n! 3     . data zeroes take effect") !=
          std::string::npos);
  }
}

TEST_CASE("failed requests, odd places and changes within a step") {
  model::Counterexample example = racy_counterexample();
  example.trace.steps[6].ios[0].status = "EIO";
  example.trace.steps[7].ios[0].status = "EIO";
  example.trace.steps[7].ios[1].offset = 700;
  example.trace.steps[7].changes = {{"busy", "0", "1"}, {"busy", "1", "0"}, {"seen", "5", "5"}};
  const std::string text = lanes_text(example, 120, true);
  CHECK(text.find(". header fails: EIO") != std::string::npos);
  CHECK(text.find("* header failed: EIO") != std::string::npos);
  CHECK(text.find("@ log bytes 700..4795") != std::string::npos);
  CHECK(text.find("0 -> 1 -> 0") != std::string::npos);
  CHECK(text.find("seen") == std::string::npos);
}

TEST_CASE("the driver's word for a request is told on every device, with the place") {
  model::Counterexample example = sequential_counterexample(1, 8);
  example.trace.steps[0].ios = {{.moment = model::StepIo::Moment::kSubmitted,
                                 .kind = "write",
                                 .device = "leg 1",
                                 .what = "set bit",
                                 .offset = 4096,
                                 .length = 512}};
  CHECK(lanes_text(example, 100).find("submits set bit @ leg 1 bytes 4096..4607") !=
        std::string::npos);
}

TEST_CASE("a request to the data device tells its place unless it is the guest's own") {
  model::Counterexample example = racy_counterexample();
  CHECK(!contains(lanes_text(example, 120), "data bytes"));
  example.trace.steps[1].ios[0].offset += 1048576;
  const std::string text = lanes_text(example, 120);
  CHECK(contains(text, "submits data write @ data bytes 1056768..1060863"));
  CHECK(!contains(text, "zeroes @ data bytes"));
  SUBCASE("a flush of the guest's has no place") {
    example.trace.lanes[0].title = "flush";
    CHECK(contains(lanes_text(example, 120), "submits data zeroes @ data bytes 0..4095"));
  }
}

}  // namespace simcheck::test
