#include "model/simulation.hpp"

#include <algorithm>

#include "model/broken_segment.hpp"
#include "model/in_progress.hpp"
#include "model/segment_judge.hpp"
#include "model/simulated_cut.hpp"
#include "model/simulated_faults.hpp"
#include "sim/disk.hpp"

namespace simcheck::model {
namespace {

// Of one request, at most, before the segment counts as endless. A superblock update takes a dozen.
constexpr std::uint32_t kStepsOfRequestMax = 10'000;

// What else is drawn is drawn apart from the latencies, which stay as they are.
constexpr std::uint64_t kSeedOfFaults = 0x9e3779b97f4a7c15, kSeedOfCut = 0xd1b54a32d192ed03;

class Simulation {
 public:
  explicit Simulation(const SimulateOptions& options)
      : options_(options),
        stack_(build_devices(options.scenario, world_)),
        simulator_(world_, options.seed, options.latency),
        guest_(world_, stack_, simulator_, options.source,
               {.depth = options.depth, .threads = options.scenario.threads}),
        faults_(options.faults, options.seed ^ kSeedOfFaults),
        log_end_(options.scenario.initial_log.first_sector),
        log_entries_(options.scenario.initial_log.entries) {
    run_.depth = options.depth;
    run_.segment = options.segment;
    run_.seed = options.seed;
    run_.threads = options.scenario.threads;
    run_.log_sector_size = options.scenario.log_sector_size;
    for (const auto& property : options.properties)
      run_.properties.push_back({.name = std::string(property->name())});
    observe(options.properties, world_, stack_.devices);
    if (options.faults.has_plans()) hit_requests();
    if (options.scenario.power_cut) {
      watch_disks(options.properties, stack_.devices, true);
      cut_.emplace(options.properties, *options.scenario.power_cut, options.seed ^ kSeedOfCut,
                   std::max<std::uint64_t>(options.requests, 1));
      run_.cut_planned = cut_->request();
    }
  }

  ~Simulation() {
    if (world_.unfinished() != 0) world_.cancel();
  }

  SimulatedRun run() {
    while (!guest_.at_end()) {
      if (options_.interrupt != nullptr && *options_.interrupt) {
        run_.interrupted = true;
        break;
      }
      const sim::Ending ending = run_segment();
      judge(ending);
      tell_progress();
      if (ending != sim::Ending::kFinished || run_.cut) break;
      if (run_.broken && !options_.keep_going) break;
      forget_segment();
    }
    conclude();
    return std::move(run_);
  }

 private:
  void hit_requests() {
    world_.inject([this](const sim::FaultTarget& target, sim::FaultKindSet possible) {
      const StruckFault who{.request = world_.current_request(), .step = world_.steps()};
      return faults_.draw(target, possible, guest_.begun(), who);
    });
  }

  void tell_progress() const {
    if (!options_.on_progress) return;
    options_.on_progress({.requests = guest_.requests(),
                          .requests_max = options_.requests,
                          .segments_violating = run_.segments_violating,
                          .virtual_ns = simulator_.now().ns});
  }

  sim::Ending run_segment() {
    const std::uint64_t left = options_.requests - std::min(options_.requests, requests_before_);
    faults_.begin_segment(std::min<std::uint64_t>(options_.segment, left));
    guest_.begin_segment(options_.segment);
    step_ns_.clear();
    const std::size_t steps_max = std::size_t{options_.segment} * kStepsOfRequestMax;
    const InProgress in_progress(subject_, world_);
    while (simulator_.step()) {
      step_ns_.push_back(simulator_.now().ns);
      if (cut_ && cut_->is_due(requests_before_ + guest_.begun())) return cut_power();
      if (step_ns_.size() == steps_max) return sim::Ending::kTooLong;
    }
    if (world_.unfinished() != 0) return sim::Ending::kDeadlocked;
    // The request was the last one, and all came to rest before the power went.
    if (cut_ && guest_.at_end()) return cut_power();
    return sim::Ending::kFinished;
  }

  sim::Ending cut_power() {
    run_.cut = CutRun{.request = requests_before_ + guest_.begun(), .at_ns = simulator_.now().ns};
    return world_.enabled() != 0 ? sim::Ending::kCut : sim::Ending::kFinished;
  }

  void judge(sim::Ending ending) {
    sim::History history = world_.history();
    history.ending = ending;
    if (ending == sim::Ending::kDeadlocked) guest_.name_fibers();
    stack_.devices.data->index();
    stack_.devices.log->index();
    const auto& broken = judge_.judge(history, run_.cut ? &cut_->check() : nullptr);
    if (run_.cut) run_.cut->counts = cut_->check().counts();
    ++run_.segments;
    run_.transitions += step_ns_.size();
    if (!broken.empty() && !run_.broken) {
      run_.broken = describe_broken(history, broken, step_ns_);
      run_.broken->number = run_.segments;
      run_.broken->first_request = requests_before_;
      for (const StruckFault& fault : faults_.struck())
        run_.broken->faults.push_back(describe_fault(fault, history, step_ns_));
    }
    if (!broken.empty()) ++run_.segments_violating;
    count_log(history);
  }

  // Where the next segment's entries begin: behind all that was placed, header or data.
  void count_log(const sim::History& history) {
    for (const sim::Event& event : history.events) {
      if (event.kind == sim::EventKind::kEntryPlaced) {
        ++log_entries_;
        ++run_.log_entries;
        log_end_ = std::max(log_end_, event.sector + 1);
      } else if (event.kind == sim::EventKind::kDataPlaced) {
        log_end_ = std::max(log_end_, event.sector + event.nr_sectors);
      }
    }
  }

  void forget_segment() {
    requests_before_ = guest_.requests();
    const std::uint64_t sector = options_.scenario.log_sector_size;
    stack_.devices.data->settle();
    if (options_.keeps_the_log) {
      stack_.devices.log->settle();
    } else {
      stack_.devices.log->settle(sector, log_end_ * sector);  // all but the superblock
    }
    world_.forget_history();
    world_.begin_log_at(log_end_, log_entries_);
  }

  void conclude() {
    run_.guest_figures = guest_.figures();
    run_.end_ns = simulator_.now().ns;
    run_.log_sectors = log_end_;
    run_.faults_struck = faults_.counts();
    bool exercised = false;
    for (const PropertyResult& property : run_.properties)
      exercised |= property.verdict == Verdict::kHolds;
    if (run_.broken) {
      run_.verdict = Verdict::kViolated;
    } else if (run_.interrupted) {
      run_.verdict = Verdict::kInterrupted;
    } else if (exercised) {
      run_.verdict = Verdict::kHolds;
    }
    if (options_.on_end) options_.on_end(*stack_.devices.log, run_);
  }

  const SimulateOptions& options_;
  const Subject subject_{};  // requests of no workload that could be replayed
  sim::World world_;
  DeviceStack stack_;
  sim::Simulator simulator_;
  SimulatedGuest guest_;
  SimulatedFaults faults_;
  std::optional<SimulatedCut> cut_;
  std::vector<std::uint64_t> step_ns_;  // of the segment's steps
  std::uint64_t requests_before_ = 0;   // the segment
  std::uint64_t log_end_;               // in log sectors
  std::uint64_t log_entries_;
  SimulatedRun run_;
  SegmentJudge judge_{options_.properties, run_.properties};
};

}  // namespace

std::uint64_t SimulatedRun::requests() const { return guest_figures.requests(); }

SimulatedRun simulate(const SimulateOptions& options) { return Simulation(options).run(); }

}  // namespace simcheck::model
