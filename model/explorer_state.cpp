// An Explorer's state between two executions, or within the judging of one, as bytes. Of the world,
// nothing is saved: where it is needed, the path is run again, and compared with what it did
// before.
#include "model/archive_types.hpp"
#include "model/explorer.hpp"

namespace simcheck::model {

ExplorerStatistics& ExplorerStatistics::operator+=(const ExplorerStatistics& other) {
  transitions_run += other.transitions_run;
  probes += other.probes;
  checkpoints_saved += other.checkpoints_saved;
  checkpoints_restored += other.checkpoints_restored;
  restarts += other.restarts;
  if (no_checkpoints.empty()) no_checkpoints = other.no_checkpoints;
  return *this;
}

void Explorer::Step::save_or_load(Archive& archive) {
  archive(fiber, enabled, footprint, is_section);
}

void Explorer::save_or_load(Archive& archive, Strategy& strategy) {
  std::size_t fibers = fiber_count();
  archive(fibers);
  if (fibers != fiber_count()) {
    throw Divergence("the saved run had another number of fibers: has the driver changed?");
  }
  archive(footprints_, strategy, steps_, orderings_, has_outcomes_, is_judging_);
  archive(counts_, exercised_, ending_, statistics_);
  if (crash_check_) archive(*crash_check_);
  if (archive.loads()) go_on_from_saved(strategy);
  if (has_outcomes_) open_stores_.save_or_load_position(archive);
}

void Explorer::go_on_from_saved(const Strategy& strategy) {
  statistics_.no_checkpoints.clear();  // they are tried again
  if (is_judging_) go_to(steps_.size());
  if (options_.equivalence != Equivalence::kObserved) return;
  effects_.resize(steps_.size());
  open_stores_.all_unobserved(*strategy.order(), 0);  // it goes on from the execution before
  if (!has_outcomes_) return;
  // The last execution stands for outcomes that were not judged yet.
  go_to(steps_.size());
  open_stores_.begin_outcomes(*strategy.order());
}

}  // namespace simcheck::model
