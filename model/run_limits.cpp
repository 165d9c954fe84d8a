#include "model/run_limits.hpp"

#include <fmt/format.h>

#include <utility>

#include "model/memory.hpp"
#include "model/workload_size.hpp"

namespace simcheck::model {

std::string time_bound(double seconds_max) { return fmt::format("max-time {} s", seconds_max); }

bool RunLimits::end_after(std::uint64_t executions) {
  const std::uint64_t most = options_.limits.executions_max;
  const bool is_over = most != 0 && executions >= most;
  const bool is_asked =
      options_.interrupt != nullptr && options_.interrupt->load(std::memory_order_relaxed);
  if (!is_over && !is_asked) return ended_;
  const std::scoped_lock lock(mutex_);
  if (is_over) return end_at(fmt::format("max-executions {}", most));
  if (!ended_) interrupted_ = true;
  return end_at("");
}

bool RunLimits::end_now(bool has_looked, std::uint64_t growth) {
  const std::scoped_lock lock(mutex_);
  const Limits& limits = options_.limits;
  const double now = stopwatch_.seconds();
  if (limits.seconds_max != 0 && now >= limits.seconds_max && has_looked)
    return end_at(time_bound(limits.seconds_max));
  if (limits.memory_max == 0 || now < next_look_at_memory_) return false;
  next_look_at_memory_ = now + 0.01;
  if (memory_in_use() + growth < limits.memory_max) return false;
  return end_at("max-memory " + size_text(limits.memory_max));
}

// Requires mutex_.
bool RunLimits::end_at(std::string bound) {
  if (!ended_.exchange(true)) bound_ = std::move(bound);
  return true;
}

}  // namespace simcheck::model
