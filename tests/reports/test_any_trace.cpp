// Whatever a trace holds, its page keeps to the width and its document to the schema.
#include <rapidcheck.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "reports/json.hpp"
#include "reports/text.hpp"
#include "tests/reports/samples.hpp"
#include "tests/support/files.hpp"
#include "tests/support/json_schema.hpp"
#include "tests/support/rapidcheck.hpp"

namespace simcheck::test {
namespace {

using model::StepIo;
using Text = std::string;

std::uint64_t any_sector() {
  return *rc::gen::oneOf(rc::gen::inRange<std::uint64_t>(0, 40),
                         rc::gen::arbitrary<std::uint64_t>());
}

Text any_text() { return *rc::gen::arbitrary<Text>(); }

StepIo any_io() {
  return {.moment = *rc::gen::element(StepIo::Moment::kSubmitted, StepIo::Moment::kTookEffect,
                                      StepIo::Moment::kCompleted),
          .kind = *rc::gen::element<Text>("read", "write", "zeroes", "discard", "flush"),
          .device = *rc::gen::element<Text>("data", "log"),
          .what = any_text(),
          .offset = any_sector() * 512,
          .length = any_sector() * 512,
          .status = *rc::gen::element<Text>("ok", "EIO")};
}

model::TraceStep any_step(std::uint32_t lanes) {
  using model::StepKind;
  model::TraceStep step{
      .lane = *rc::gen::inRange<std::uint32_t>(0, lanes),
      .kind = *rc::gen::element(StepKind::kStart, StepKind::kResume, StepKind::kEffect)};
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) step.ios.push_back(any_io());
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    step.changes.push_back(
        {*rc::gen::element<Text>("cur", "a_very_long_object_name", "x_"), any_text(), any_text()});
  }
  if (*rc::gen::arbitrary<bool>()) step.notes.push_back(any_text());
  return step;
}

model::Counterexample any_counterexample() {
  const auto lanes = *rc::gen::inRange<std::uint32_t>(1, 14);
  model::Counterexample example{.workload = any_text(), .schedule = any_text()};
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    example.trace.lanes.push_back({any_text(), any_text(), any_text()});
  }
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i) example.trace.steps.push_back(any_step(lanes));
  for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
    example.trace.entries.push_back({.lane = *rc::gen::inRange<std::uint32_t>(0, lanes),
                                     .header_sector = any_sector(),
                                     .data_sectors = any_sector(),
                                     .data_at = any_sector()});
  }
  example.findings = {{any_text(), any_text(), *rc::gen::inRange<std::uint32_t>(0, 13)}};
  return example;
}

bool is_text(const std::string& page) {
  return std::ranges::none_of(page,
                              [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == 0x7F; });
}

}  // namespace

RC_TEST_CASE("any trace gives a page that fits", [] {
  model::Result result = racy_result();
  result.counterexamples = {any_counterexample()};
  const auto width = *rc::gen::inRange<std::size_t>(reports::kTextWidthMin, 140);
  const std::string page = text_of(result, width, *rc::gen::arbitrary<bool>());
  RC_ASSERT(widest_line(page) <= width);
  RC_ASSERT(is_text(page));
});

RC_TEST_CASE("any trace gives a document that keeps to the schema", [] {
  static const auto schema = nlohmann::json::parse(read_page("result.schema.json"));
  model::Result result = racy_result();
  result.counterexamples = {any_counterexample()};
  std::ostringstream out;
  reports::write_json(out, result);
  RC_ASSERT(schema_errors(schema, nlohmann::json::parse(out.str())).empty());
});

}  // namespace simcheck::test
