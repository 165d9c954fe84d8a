// Each round is a check of its own, so strategies learn anew in each; only the traces seen are
// remembered.
#include "model/soak.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/check.hpp"
#include "model/run_limits.hpp"
#include "model/run_statistics.hpp"
#include "model/sampling_run.hpp"
#include "model/trace_set.hpp"

namespace simcheck::model {
namespace {

// Adds what a workload did in a later round.
void add_part(WorkloadResult& sum, WorkloadResult part) {
  sum.counts += part.counts;
  sum.violated |= part.violated;
  for (Broken& broken : part.broken) {
    if (std::ranges::find(sum.broken, broken.property, &Broken::property) == sum.broken.end())
      sum.broken.push_back(std::move(broken));
  }
  if (sum.sampled && part.sampled && sum.sampled->odds && part.sampled->odds) {
    part.sampled->odds = joined(*sum.sampled->odds, *part.sampled->odds);
  }
  sum.sampled = part.sampled;  // the traces are those of all rounds
}

// A later round began the same workloads in the same order, but perhaps not all of them.
void add_parts(std::vector<WorkloadResult>& sums, std::vector<WorkloadResult> parts) {
  auto sum = sums.begin();
  for (WorkloadResult& part : parts) {
    const auto same = std::find_if(sum, sums.end(), [&](const WorkloadResult& other) {
      return other.workload == part.workload;
    });
    if (same == sums.end()) return;
    add_part(*same, std::move(part));
    sum = same + 1;
  }
}

// Takes over verdicts, and the counterexamples of what was not broken before.
void add_findings(Result& sum, Result round) {
  std::set<std::string> news;
  for (std::size_t p = 0; p < sum.properties.size(); ++p) {
    PropertyResult& old = sum.properties[p];
    PropertyResult& now = round.properties[p];
    if (old.verdict == Verdict::kViolated || now.verdict == Verdict::kNotExercised) continue;
    if (now.verdict == Verdict::kViolated) news.insert(now.name);
    old = std::move(now);
  }
  for (Counterexample& example : round.counterexamples) {
    const auto is_news = [&](const Finding& finding) { return news.contains(finding.property); };
    if (std::ranges::any_of(example.findings, is_news))
      sum.counterexamples.push_back(std::move(example));
  }
}

Verdict joined(Verdict sum, Verdict part) {
  for (const Verdict first : {Verdict::kViolated, Verdict::kInterrupted, Verdict::kHolds}) {
    if (sum == first || part == first) return first;
  }
  return Verdict::kNotExercised;
}

void add_round(Result& sum, Result round) {
  sum.verdict = joined(sum.verdict, round.verdict);
  sum.coverage.interrupted |= round.coverage.interrupted;
  sum.coverage.stopped_at_violation |= round.coverage.stopped_at_violation;
  sum.counts += round.counts;
  if (sum.faults && round.faults) {
    for (std::size_t f = 0; f < std::min(sum.faults->plans.size(), round.faults->plans.size()); ++f)
      sum.faults->plans[f] += round.faults->plans[f];
  }
  sum.failure = round.failure;
  sum.workloads_done = std::max(sum.workloads_done, round.workloads_done);
  add_parts(sum.workloads, std::move(round.workloads));
  add_findings(sum, std::move(round));
}

class Soak {
 public:
  explicit Soak(const CheckOptions& options)
      : seconds_(options.sampling.soak_seconds),
        statistics_wanted_(options.statistics),
        traces_(options.workloads.size()),
        one_round_(options) {
    one_round_.sampling.soak_seconds = 0;
    one_round_.sampling.traces = &traces_;
    one_round_.statistics = &round_statistics_;
    if (!options.on_progress) return;
    one_round_.on_progress = [this, tell = options.on_progress](Progress progress) {
      progress.counts += result_.counts;
      progress.seconds = seconds_so_far();
      progress.share = progress.seconds / seconds_;
      progress.seconds_max = seconds_;
      tell(progress);
    };
  }

  Result run() {
    while (run_round() && seconds_so_far() < seconds_) continue;
    if (statistics_wanted_ != nullptr) *statistics_wanted_ = std::move(statistics_);
    result_.sampling->rounds = rounds_;
    result_.sampling->sampled = sampled_in_all(result_);
    result_.coverage.bounds = std::move(bounds_);
    result_.coverage.bounds.push_back(
        fmt::format("{} for {} s, seed {}", result_.strategy, seconds_, one_round_.sampling.seed));
    if (result_.failure) result_.coverage.bounds.push_back(kErrorBound);
    return std::move(result_);
  }

 private:
  using Clock = std::chrono::steady_clock;

  // False if it was the last: something other than its samples ended it. After an error, what
  // earlier rounds found is told all the same.
  bool run_round() {
    one_round_.limits.seconds_max = std::max(seconds_ - seconds_so_far(), 1e-6);  // not 0: none
    round_statistics_ = {};
    bool is_last = false;
    try {
      Result round = check(one_round_);
      is_last = was_cut_short(round);
      add_statistics();
      add_bounds(round.coverage.bounds);
      if (rounds_++ == 0) {
        result_ = std::move(round);
      } else {
        add_round(result_, std::move(round));
      }
    } catch (...) {
      if (result_.verdict != Verdict::kViolated) throw;
      result_.failure = std::current_exception();
      return false;
    }
    one_round_.sampling.first_sample += one_round_.sampling.samples;
    return !is_last;
  }

  // By a limit, a violation, an interrupt or an error.
  static bool was_cut_short(const Result& round) {
    return round.workloads_done < round.workloads_total || round.coverage.stopped_at_violation ||
           round.coverage.interrupted || round.failure;
  }

  // What bounded a round, apart from what the soak has words of its own for: its samples, its share
  // of the time, and an error.
  void add_bounds(std::vector<std::string> of_round) {
    of_round.pop_back();  // the samples (describe_sampling)
    for (std::string& bound : of_round) {
      if (bound == time_bound(one_round_.limits.seconds_max) || bound == kErrorBound) continue;
      if (std::ranges::find(bounds_, bound) == bounds_.end()) bounds_.push_back(std::move(bound));
    }
  }

  double seconds_so_far() const {
    return std::chrono::duration<double>(Clock::now() - start_).count();
  }

  // A later round began the same workloads, but perhaps not all of them.
  void add_statistics() {
    std::vector<WorkloadStatistics> sums = std::move(statistics_.workloads);
    for (std::size_t i = 0; i < round_statistics_.workloads.size(); ++i) {
      if (i == sums.size()) sums.push_back({.workload = round_statistics_.workloads[i].workload});
      sums[i].seconds += round_statistics_.workloads[i].seconds;
      sums[i].exploration += round_statistics_.workloads[i].exploration;
    }
    statistics_ = std::move(round_statistics_);
    statistics_.workloads = std::move(sums);
    statistics_.seconds = seconds_so_far();
  }

  double seconds_;
  RunStatistics* statistics_wanted_;
  Clock::time_point start_ = Clock::now();
  TraceSets traces_;
  CheckOptions one_round_;
  std::uint64_t rounds_ = 0;
  Result result_;                    // of the rounds so far
  std::vector<std::string> bounds_;  // of theirs, each once
  RunStatistics statistics_, round_statistics_;
};

}  // namespace

Result soak(const CheckOptions& options) { return Soak(options).run(); }

}  // namespace simcheck::model
