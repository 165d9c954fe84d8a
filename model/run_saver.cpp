#include "model/run_saver.hpp"

#include <algorithm>

namespace simcheck::model {

bool RunSaver::advance(std::size_t worker, std::uint64_t round,
                       const std::vector<std::size_t>& busy, double now) {
  if (round != 0) round_of_[worker] = round;
  if (!is_wanted() || is_saving_) return false;
  if (round_ == 0) {
    if (now - last_round_ < options_.interval_seconds) return false;
    last_round_ = now;
    round_ = ++rounds_;
    return false;
  }
  const bool all_noted =
      std::ranges::all_of(busy, [this](std::size_t other) { return round_of_[other] == round_; });
  if (!all_noted) return false;
  round_ = 0;
  is_saving_ = true;
  return true;
}

void RunSaver::save(std::string state, const Stopwatch& stopwatch, bool is_last) {
  const double start = stopwatch.seconds();
  bytes_ = state.size();
  ++saves_;
  options_.save(state, is_last);
  seconds_ += stopwatch.seconds() - start;
  is_saving_ = false;
}

void RunSaver::describe(RunStatistics& statistics) const {
  statistics.saves = saves_;
  statistics.save_seconds = seconds_;
  statistics.save_bytes = bytes_;
}

}  // namespace simcheck::model
