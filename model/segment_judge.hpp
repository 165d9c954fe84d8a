// What the properties say of a segment of a simulation, and of the power cut that ended it.
#pragma once

#include <vector>

#include "model/broken_segment.hpp"
#include "model/crash_check.hpp"
#include "model/result.hpp"
#include "properties/property.hpp"
#include "sim/event_history.hpp"

namespace simcheck::model {

class SegmentJudge {
 public:
  /// `properties` must outlive this. Verdicts go to `results`, one for each property, which must
  /// too.
  SegmentJudge(const properties::PropertyList& properties, std::vector<PropertyResult>& results)
      : properties_(properties), results_(results) {}

  /// `check` judges what a cut left, if there was one; else null. What the end of a segment shows
  /// is not there if the power was cut amid it. Gives what is broken, until the next call.
  const std::vector<BrokenPromise>& judge(const sim::History& history, CrashCheck* check);

 private:
  void judge_history(const sim::History& history);
  void judge_cut(const sim::History& history, CrashCheck& check);
  void break_promise(std::size_t property, properties::Violation violation);
  void note_exercised(std::size_t property);

  const properties::PropertyList& properties_;
  std::vector<PropertyResult>& results_;
  std::vector<BrokenPromise> broken_;
};

}  // namespace simcheck::model
