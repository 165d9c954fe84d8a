// A check that is interrupted again and again, and each time gone on with from what was saved, as a
// new process would.
#pragma once

#include <atomic>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

#include "model/check.hpp"
#include "properties/property.hpp"
#include "reports/json.hpp"
#include "tests/support/json_text.hpp"

namespace simcheck::test {

/// Holds always, and raises a flag when it has judged a number of executions.
class Alarm final : public properties::Property {
 public:
  explicit Alarm(std::uint64_t after) : left_(after) {}

  std::string_view name() const override { return "alarm"; }
  std::string_view summary() const override { return "holds"; }
  properties::Judgement judge(const properties::Evidence&) const override {
    if (left_.fetch_sub(1) == 1) raised_ = true;
    return properties::Judgement::holds();
  }
  const std::atomic<bool>& raised() const { return raised_; }

 private:
  mutable std::atomic<std::uint64_t> left_;
  mutable std::atomic<bool> raised_ = false;
};

/// One run, from a state to the next interrupt or to the end.
inline model::Result run_on(model::CheckOptions options, std::uint64_t executions,
                            std::string& state) {
  const auto alarm = std::make_shared<Alarm>(executions);
  options.properties.push_back(alarm);
  options.interrupt = &alarm->raised();
  options.checkpoint.resume_from = state;
  options.checkpoint.save = [&state](const std::string& saved, bool) { state = saved; };
  return model::check(options);
}

inline std::string json_uninterrupted(const model::CheckOptions& options) {
  std::string state;
  return json_text(run_on(options, UINT64_MAX, state));
}

struct Interrupted {
  std::string json;  // of the last run
  int runs = 0;
};

/// Interrupts after so many executions, then after a bit more each time, so that it comes to an
/// end.
inline Interrupted json_interrupted(const model::CheckOptions& options, std::uint64_t executions) {
  Interrupted result;
  std::string state;
  for (bool interrupted = true; interrupted;) {
    const model::Result run = run_on(options, executions, state);
    interrupted = run.coverage.interrupted;
    result.json = json_text(run);
    ++result.runs;
    executions += executions / 16 + 1;
  }
  return result;
}

}  // namespace simcheck::test
