// The same questions to a Prober come up again and again; recent answers are kept.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "model/strategy.hpp"
#include "sim/hash128.hpp"

namespace simcheck::model {

class ProbeAnswers {
 public:
  explicit ProbeAnswers(Prober& prober) : prober_(prober) {}

  /// What the prober says. Questions are told apart by 128 bits.
  std::optional<FootprintId> probe(std::span<const sim::FiberId> choices) {
    sim::Hash128 question = sim::kHashSeed;
    for (const sim::FiberId fiber : choices) mix(question, sim::index_of(fiber));
    if (answers_.empty()) answers_.resize(kAnswers);
    Answer& answer = answers_[question.low % kAnswers];
    if (answer.question != question) answer = {question, prober_.probe(choices)};
    return answer.footprint;
  }

 private:
  struct Answer {
    sim::Hash128 question{};  // zero: no answer yet
    std::optional<FootprintId> footprint;
  };
  static constexpr std::size_t kAnswers = 1 << 16;

  Prober& prober_;
  std::vector<Answer> answers_;  // by hash; a newer answer replaces an older one
};

}  // namespace simcheck::model
