#include "model/trace_counter.hpp"

#include "model/archive.hpp"
#include "sim/assert.hpp"

namespace simcheck::model {

std::optional<Prefix> TraceCounter::next_execution() {
  count();
  const auto prefix = strategy_->next_execution();
  SIMCHECK_ASSERT(!prefix || prefix->choices.empty(), "executions are counted from their start");
  has_execution_ = prefix.has_value();
  return prefix;
}

void TraceCounter::executed(const Transition& transition) {
  hasher_.push(transition);
  strategy_->executed(transition);
}

std::optional<Sampled> TraceCounter::sampled() {
  count();
  auto result = strategy_->sampled();
  if (result) {
    result->distinct_traces = seen_->size();
    result->at_least = seen_->overflowed();
  }
  return result;
}

void TraceCounter::save_or_load(Archive& archive) {
  count();
  archive(*strategy_, *seen_);
}

// An execution that was too long ends without reached_end(), so it is counted when it is over: its
// trace is that of what was run.
void TraceCounter::count() {
  if (!has_execution_) return;
  has_execution_ = false;
  TraceHash hash = hasher_.hash();
  hash += salt_;
  seen_->insert(hash);
  hasher_.clear();
}

}  // namespace simcheck::model
