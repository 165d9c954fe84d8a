#include "model/recorder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/replay.hpp"
#include "model/step_order.hpp"
#include "sim/event_sink.hpp"

namespace simcheck::model {
namespace {

StepIo::Moment moment_of(sim::IoMoment moment) {
  switch (moment) {
    case sim::IoMoment::kSubmitted:
      return StepIo::Moment::kSubmitted;
    case sim::IoMoment::kTookEffect:
      return StepIo::Moment::kTookEffect;
    case sim::IoMoment::kCompleted:
      break;
  }
  return StepIo::Moment::kCompleted;
}

// Writes what a World tells into the last step of a trace.
class Recorder final : public sim::EventSink {
 public:
  explicit Recorder(Trace& trace) : trace_(trace) {}

  void begin_step(std::uint32_t lane, StepKind kind) {
    trace_.steps.push_back({.lane = lane, .kind = kind});
    calls_.resize(trace_.lanes.size());
  }

  // A request takes effect, and a fiber goes on, where its last call was. With several threads it
  // may have been preempted elsewhere since, before an access whose line nobody tells.
  void end_step() {
    TraceStep& step = trace_.steps.back();
    Call& last = calls_[step.lane];
    const bool was_preempted = step.kind == StepKind::kResume && !last.took_effect &&
                               trace_.lanes[step.lane].thread.has_value();
    if (step.source.empty() && !was_preempted) step.source = last.source;
    last = {step.source, step.kind == StepKind::kEffect};
  }

  void on_source(const sim::Where& where) override {
    if (trace_.steps.empty() || where.line == 0) return;
    const std::string_view file = where.file;
    if (file.find("/include/c++/") != file.npos) return;  // a guard of the standard library calls
    trace_.steps.back().source = fmt::format("{}:{}", file, where.line);
  }

  void on_event(const sim::Event& event) override {
    if (trace_.steps.empty()) return;
    TraceStep& step = trace_.steps.back();
    switch (event.kind) {
      case sim::EventKind::kAcknowledged:
        step.notes.push_back(fmt::format("acknowledged: {}", sim::to_string(event.status)));
        break;
      case sim::EventKind::kEntryPlaced:
        place_entry(event);
        step.notes.push_back(fmt::format("places its entry at log sector {}", event.sector));
        break;
      case sim::EventKind::kDataPlaced:
        place_data(event);
        break;
      case sim::EventKind::kException:
        step.notes.push_back("an exception leaves the request");
        break;
      case sim::EventKind::kSubmitted:
      case sim::EventKind::kGuestAcknowledged:
      case sim::EventKind::kIoFailed:  // on_io() tells
        break;
    }
  }

  void on_io(const sim::IoReport& io) override {
    trace_.steps.back().ios.push_back({.moment = moment_of(io.moment),
                                       .kind = std::string(sim::to_string(io.kind)),
                                       .device = std::string(io.device),
                                       .what = std::string(io.what),
                                       .offset = io.offset,
                                       .length = io.length,
                                       .status = std::string(sim::to_string(io.status)),
                                       .fault = std::string(io.fault)});
    if (io.moment == sim::IoMoment::kTookEffect && io.device == "log") note_missing_header(io);
  }

  void on_change(std::string_view object, std::string_view before,
                 std::string_view after) override {
    const Change change{std::string(object), std::string(before), std::string(after)};
    if (!trace_.steps.empty()) trace_.steps.back().changes.push_back(change);
    const auto known = std::ranges::find(trace_.final_state, change.object, &Change::object);
    if (known == trace_.final_state.end()) {
      trace_.final_state.push_back(change);
    } else {
      known->after = change.after;
    }
  }

  void on_note(std::string_view text) override {
    if (!trace_.steps.empty()) trace_.steps.back().notes.emplace_back(text);
  }

 private:
  // What a lane did last.
  struct Call {
    std::string source;
    bool took_effect = false;
  };

  static constexpr std::uint64_t kDiscard = 4;  // DISCARD flag of the log format: no data follows

  void place_entry(const sim::Event& event) {
    trace_.entries.push_back({.lane = trace_.steps.back().lane,
                              .header_sector = event.sector,
                              .data_sectors = (event.flags & kDiscard) != 0 ? 0 : event.nr_sectors,
                              .data_at = std::nullopt,
                              .flags = event.flags,
                              .step = static_cast<std::uint32_t>(trace_.steps.size() - 1)});
  }

  // Data belongs to the last entry of its lane.
  void place_data(const sim::Event& event) {
    if (PlacedEntry* entry = last_entry()) entry->data_at = event.sector;
  }

  // A torn write leaves its beginning.
  void note_missing_header(const sim::IoReport& io) {
    PlacedEntry* const entry = last_entry();
    if (entry == nullptr || io.offset != entry->header_sector * trace_.log_sector_size) return;
    const bool is_missing = io.status != sim::IoStatus::kOk && !io.fault.starts_with("torn");
    if (is_missing || io.fault == "misdirected") entry->header_failed = true;
  }

  // Of the lane that runs.
  PlacedEntry* last_entry() {
    const auto entry =
        std::find_if(trace_.entries.rbegin(), trace_.entries.rend(),
                     [&](const PlacedEntry& e) { return e.lane == trace_.steps.back().lane; });
    return entry == trace_.entries.rend() ? nullptr : &*entry;
  }

  Trace& trace_;
  std::vector<Call> calls_;  // by lane
};

void name_stuck(const sim::World& world, Trace& trace) {
  for (const sim::StuckFiber& stuck : world.stuck_fibers()) {
    const auto lane = std::ranges::find(trace.lanes, stuck.fiber, &Lane::name);
    if (lane != trace.lanes.end()) lane->waits_for = stuck.waits_for;
  }
}

const char* name_of(sim::AccessMode mode) {
  switch (mode) {
    case sim::AccessMode::kRead:
      return "read";
    case sim::AccessMode::kAdd:
      return "add";
    case sim::AccessMode::kWrite:
      return "write";
    case sim::AccessMode::kAcquire:
      return "acquire";
    case sim::AccessMode::kRelease:
      return "release";
    case sim::AccessMode::kAcquireRelease:
      return "acquire and release";
    case sim::AccessMode::kStore:
      return "store";
  }
  return "";
}

std::vector<StepAccess> accesses_of(const sim::World& world) {
  std::vector<StepAccess> accesses;
  for (const sim::Access& access : world.footprint()) {
    if (sim::is_enabling(access.object)) continue;
    const bool whole = sim::is_whole(access);
    accesses.push_back({.object = std::string(world.object_name(access.object)),
                        .how = name_of(access.mode),
                        .begin = whole ? 0 : access.begin,
                        .end = whole ? 0 : access.end});
  }
  return accesses;
}

StepKind kind_of(const sim::World& world, sim::FiberId fiber, sim::FiberSet& started) {
  if ((world.in_flight() & sim::bit_of(fiber)) != 0) return StepKind::kEffect;
  if ((started & sim::bit_of(fiber)) != 0) return StepKind::kResume;
  started |= sim::bit_of(fiber);
  return StepKind::kStart;
}

}  // namespace

Trace record(const sim::Testbed::Build& build, const Schedule& schedule,
             const std::vector<std::string>& titles, std::uint64_t log_sector_size) {
  sim::Testbed testbed(build);
  sim::World& world = testbed.world();
  Trace trace{.log_sector_size = log_sector_size};
  for (std::uint32_t lane = 0; lane < world.fiber_count(); ++lane) {
    const sim::FiberId fiber{lane};
    trace.lanes.push_back({.name = world.fiber_name(fiber),
                           .title = lane < titles.size() ? titles[lane] : std::string()});
    if (world.thread_count() > 1) trace.lanes.back().thread = sim::index_of(world.thread_of(fiber));
  }
  Recorder recorder(trace);
  world.use_sink(&recorder);
  sim::FiberSet started = 0;
  StepOrder order;
  for (std::size_t i = 0; i < schedule.size(); ++i) {
    require_enabled(world, schedule[i], i);
    recorder.begin_step(sim::index_of(schedule[i]), kind_of(world, schedule[i], started));
    world.run(schedule[i]);
    recorder.end_step();
    trace.steps.back().accesses = accesses_of(world);
    trace.steps.back().depends_on = order.push(schedule[i], world.footprint());
    if (world.power_was_cut()) trace.steps.back().kind = StepKind::kCut;
  }
  world.use_sink(nullptr);
  if (world.enabled() == 0 && !world.was_cut_short()) name_stuck(world, trace);
  return trace;
}

std::vector<std::string> lane_titles(const Workload& workload) {
  std::vector<std::string> titles;
  for (const Stage& stage : workload.stages) {
    for (const Request& request : stage) titles.push_back(to_text(request));
  }
  return titles;
}

}  // namespace simcheck::model
