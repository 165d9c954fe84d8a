#include "reports/step_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reports/plain_text.hpp"
#include "reports/story.hpp"

namespace simcheck::reports {

std::vector<std::string> step_texts(const model::Counterexample& counterexample) {
  model::Counterexample unjudged = counterexample;
  unjudged.findings.clear();  // the formats have places of their own for these
  std::vector<std::string> texts;
  for (const Row& row : story(unjudged, /*every_step=*/true)) {
    std::string text;
    for (const std::string& phrase : row.cells.front().phrases)
      text += (text.empty() ? "" : phrase.starts_with('(') ? " " : "; ") + phrase;
    texts.push_back(std::move(text));
    std::ranges::replace(texts.back(), kFirmBlank, ' ');
  }
  return texts;
}

std::vector<std::string> broken_by_step(const model::Counterexample& counterexample) {
  std::vector<std::string> broken(counterexample.trace.steps.size());
  for (const model::Finding& finding : counterexample.findings) {
    if (finding.step >= broken.size()) continue;
    std::string& names = broken[finding.step];
    names += (names.empty() ? "" : ", ") + printable(finding.property);
  }
  return broken;
}

std::optional<std::size_t> race_partner(const model::Counterexample& counterexample,
                                        std::size_t step) {
  const auto& race = counterexample.race;
  if (race && race->first == step) return race->second;
  if (race && race->second == step) return race->first;
  return std::nullopt;
}

std::string moment_text(const model::Counterexample& counterexample,
                        const model::Finding& finding) {
  if (finding.step >= counterexample.trace.steps.size()) return "in the end";
  return fmt::format("at step {}", finding.step + 1);
}

}  // namespace simcheck::reports
