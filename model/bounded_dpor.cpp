// Dynamic partial-order reduction within a bound on preemptions: an execution is abandoned when its
// trace, however run on, has more than the bound and a slack. Its races so far are reversed as
// ever.
//
// Source: Marmanis, Vafeiadis, "Reconciling Preemption Bounding with DPOR", TACAS 2023: count an
// unfinished execution so that it has no more than its completions, and allow a slack that depends
// on the number of threads, since the way between two traces within the bound leads over others.
// Theirs is for another algorithm and is threads - 2. Here it is threads - 1:
//
// Let T be a trace within bound N, and E the last node on the way to it that is explored, with W
// what is left of T. A branch p that was explored at E instead conflicts with some first event e
// of W; let w be what is before e in W. T's branch is added at E once an execution shows this race,
// that is, has E.p.w.e in it. So E.p.w.e must be within bound and slack, and so must, in turn, what
// leads to it from E.p: by the same argument, a part of T without what comes after it, then events
// p, p', ... that are not T's, and then the event that races with the last of them.
//   - The part of T is within N: leaving out last events adds no preemption, because a switch away
//     counts only once the fiber goes on.
//   - The foreign events can come after it, since none of T's but the last depends on them, fiber
//     after fiber. A switch counts there only for a fiber that goes on within a section in which
//     the part of T left it, and a thread has one fiber within its section at most.
//   - The last of all these fibers goes on anyway: of n threads, n - 1 were left. So N + (n - 1).
// What this argument takes for granted: that the foreign events of different fibers need not
// alternate, which default choices (a fiber goes on as long as it can) make likely and locks can
// make untrue. So the slack was also tried out, on 5600 random programs of two to four threads,
// with all operations: no trace within the bound was lost by n - 1, nor by n - 2; by n - 3, some
// were.
//
// Guarantee: one execution for each trace within the bound. Abandoned executions, and those that
// end within the slack but beyond the bound, are blocked: not judged, not counted as executions.
//
// Of an execution that a power cut ends, one stands for all that have the same in front of the cut:
// what else happened may be beyond the bound, and what the cut left is judged all the same.
#include <utility>
#include <vector>

#include "model/archive_types.hpp"
#include "model/bounded.hpp"
#include "model/schedule_cost.hpp"
#include "model/trace_preemptions.hpp"

namespace simcheck::model {
namespace {

class BoundedDpor final : public Strategy {
 public:
  BoundedDpor(Explorer& explorer, std::uint32_t preemptions, std::uint32_t slack)
      : explorer_(explorer),
        preemptions_(preemptions),
        slack_(slack),
        dpor_(make_dpor(explorer.footprints(), explorer, explorer.fiber_count())),
        trace_(explorer.footprints(), explorer.fiber_count()),
        cost_(explorer, ScheduleBound::Of::kPreemptions) {}

  std::optional<Prefix> next_execution() override {
    const auto prefix = dpor_->next_execution();
    if (!prefix) return prefix;
    trace_.resize(prefix->choices.size());
    cost_.resize(prefix->choices.size());
    stuck_.clear();
    if (prefix->starts_over) was_cut_ = false;
    return prefix;
  }

  Choice choose(sim::FiberSet enabled) override {
    if (!is_within(preemptions_ + slack_, {})) {
      was_cut_ = true;
      return std::nullopt;
    }
    const auto fiber = dpor_->choose(enabled);
    if (fiber) cost_.chosen(*fiber, enabled);
    return fiber;
  }

  void executed(const Transition& step) override {
    cost_.executed(step);
    trace_.push(step, sim::contains(explorer_.world().in_section(), step.fiber));
    dpor_->executed(step);
  }

  void reached_end(std::span<const StuckFiber> stuck) override {
    dpor_->reached_end(stuck);
    stuck_.assign(stuck.begin(), stuck.end());
  }

  bool reduces() const override { return true; }

  bool counts() override {
    const bool counts = is_within(preemptions_, stuck_);
    if (!counts) was_cut_ = true;
    counts_cut_alone_ = !counts && trace_.within_before_cut(preemptions_);
    return counts || counts_cut_alone_;
  }
  bool counts_cut_alone() const override { return counts_cut_alone_; }
  bool was_cut() const override { return was_cut_; }

  void save_or_load(Archive& archive) override {
    dpor_->save_or_load(archive);
    archive(trace_, cost_, stuck_, was_cut_);
  }
  double share() const override { return dpor_->share(); }

 private:
  bool is_within(std::uint32_t bound, std::span<const StuckFiber> stuck) {
    return cost_.used() <= bound || trace_.within(bound, stuck);
  }

  Explorer& explorer_;
  std::uint32_t preemptions_, slack_;
  std::unique_ptr<Strategy> dpor_;
  TracePreemptions trace_;
  ScheduleCost cost_;              // of the execution itself; its trace has no more
  std::vector<StuckFiber> stuck_;  // at the execution's end
  bool was_cut_ = false;
  bool counts_cut_alone_ = false;  // of the last execution; decided anew for each
};

}  // namespace

std::uint32_t preemption_slack(std::size_t threads) {
  return threads > 1 ? static_cast<std::uint32_t>(threads - 1) : 0;
}

std::unique_ptr<Strategy> make_bounded_dpor(Explorer& explorer, std::uint32_t preemptions,
                                            std::uint32_t slack) {
  return std::make_unique<BoundedDpor>(explorer, preemptions, slack);
}

}  // namespace simcheck::model
