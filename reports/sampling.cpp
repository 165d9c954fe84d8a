#include "reports/sampling.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

using nlohmann::ordered_json;

// Rounded down: the promise is "at least".
std::string percent(std::uint64_t ppm) {
  return fmt::format("{}.{:02} %", ppm / 10'000, ppm / 100 % 100);
}

// Of a workload that was not begun, or broke off at a violation, there is nothing to promise.
bool was_sampled_everywhere(const model::Result& result) {
  return result.workloads.size() == result.workloads_total && !result.coverage.stopped_at_violation;
}

ordered_json odds_json(const model::PctOdds& odds) {
  const auto reciprocal = one_in(odds);
  return {{"depth", odds.depth},
          {"fibers", odds.fibers},
          {"steps", odds.steps},
          {"runs", odds.runs},
          {"one_in", reciprocal ? ordered_json(*reciprocal) : ordered_json()},
          {"found_ppm", found_ppm(odds)}};
}

}  // namespace

std::string traces_text(const model::Sampled& sampled) {
  return (sampled.at_least ? "at least " : "") + counted(sampled.distinct_traces, "distinct trace");
}

std::string sampling_text(const model::SamplingResult& sampling) {
  std::string text = fmt::format("{}, seed {}", traces_text(sampling.sampled), sampling.seed);
  if (sampling.rounds != 0) {
    text += fmt::format(", {} of {} a workload", counted(sampling.rounds, "round"),
                        counted(sampling.samples, "sample"));
  }
  return text;
}

std::string odds_text(const model::Result& result) {
  if (!result.sampling || !result.sampling->sampled.odds || !was_sampled_everywhere(result))
    return "";
  const model::PctOdds& odds = *result.sampling->sampled.odds;
  const auto reciprocal = one_in(odds);
  if (!reciprocal || odds.runs == 0) return "";
  return fmt::format(
      "{}if no execution has more than {}, a run of {} finds a bug of depth {} with probability at "
      "least 1 in {}, and one of {} with at least {}",
      result.workloads.size() > 1 ? "in the workload with the least odds: " : "",
      counted(odds.steps, "step"), counted(odds.fibers, "fiber"), odds.depth, grouped(*reciprocal),
      counted(odds.runs, "run"), percent(found_ppm(odds)));
}

ordered_json sampled_json(const model::Sampled& sampled) {
  ordered_json json = {{"distinct_traces", sampled.distinct_traces},
                       {"at_least", sampled.at_least}};
  if (sampled.odds) json["odds"] = odds_json(*sampled.odds);
  return json;
}

ordered_json sampling_json(const model::SamplingResult& sampling) {
  ordered_json json = {
      {"seed", sampling.seed}, {"samples", sampling.samples}, {"rounds", sampling.rounds}};
  json.update(sampled_json(sampling.sampled));
  return json;
}

}  // namespace simcheck::reports
