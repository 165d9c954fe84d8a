#include "model/segment_judge.hpp"

#include <utility>

#include "model/ask_property.hpp"

namespace simcheck::model {

const std::vector<BrokenPromise>& SegmentJudge::judge(const sim::History& history,
                                                      CrashCheck* check) {
  broken_.clear();
  if (history.ending != sim::Ending::kCut) judge_history(history);
  if (check != nullptr) judge_cut(history, *check);
  return broken_;
}

void SegmentJudge::judge_history(const sim::History& history) {
  const properties::Evidence evidence(history);
  for (std::size_t p = 0; p < properties_.size(); ++p) {
    properties::Judgement judgement = judgement_of(*properties_[p], evidence);
    if (judgement.violation) {
      break_promise(p, *std::move(judgement.violation));
    } else if (judgement.exercised) {
      note_exercised(p);
    }
  }
}

void SegmentJudge::judge_cut(const sim::History& history, CrashCheck& check) {
  std::vector<BrokenProperty> broken;
  std::vector<bool> exercised(properties_.size());
  check.judge(history, broken, exercised);
  for (BrokenProperty& one : broken) break_promise(one.property, std::move(one.violation));
  for (std::size_t p = 0; p < exercised.size(); ++p)
    if (exercised[p]) note_exercised(p);
}

void SegmentJudge::break_promise(std::size_t property, properties::Violation violation) {
  PropertyResult& result = results_[property];
  if (result.verdict != Verdict::kViolated) result.reason = violation.reason;
  result.verdict = Verdict::kViolated;
  broken_.push_back({&result.name, std::move(violation)});
}

void SegmentJudge::note_exercised(std::size_t property) {
  PropertyResult& result = results_[property];
  if (result.verdict == Verdict::kNotExercised) result.verdict = Verdict::kHolds;
}

}  // namespace simcheck::model
