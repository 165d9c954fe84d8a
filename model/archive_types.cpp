#include "model/archive_types.hpp"

namespace simcheck::model {

void save_or_load(Archive& archive, sim::Access& access) {
  auto& [object, mode, begin, end] = access;
  archive(object, mode, begin, end);
}

void save_or_load(Archive& archive, sim::Fault& fault) {
  auto& [fiber, io, kind] = fault;
  archive(fiber, io, kind);
}

void save_or_load(Archive& archive, sim::TransitionOrder& order) {
  auto& [earlier, later, or_end] = order;
  archive(earlier, later, or_end);
}

void save_or_load(Archive& archive, Transition& transition) {
  auto& [fiber, footprint, is_section, is_cut] = transition;
  archive(fiber, footprint, is_section, is_cut);
}

void save_or_load(Archive& archive, StuckFiber& stuck) {
  auto& [fiber, footprint] = stuck;
  archive(fiber, footprint);
}

void save_or_load(Archive& archive, ExplorerStatistics& statistics) {
  auto& [transitions_run, probes, saved, restored, restarts, no_checkpoints] = statistics;
  archive(transitions_run, probes, saved, restored, restarts, no_checkpoints);
}

void save_or_load(Archive& archive, PctOdds& odds) {
  auto& [depth, fibers, steps, runs] = odds;
  archive(depth, fibers, steps, runs);
}

void save_or_load(Archive& archive, Sampled& sampled) {
  auto& [distinct_traces, at_least, odds] = sampled;
  archive(distinct_traces, at_least, odds);
}

void save_or_load(Archive& archive, Visited& visited) {
  auto& [states, revisits, full] = visited;
  archive(states, revisits, full);
}

void save_or_load(Archive& archive, Broken& broken) {
  auto& [property, reason, known] = broken;
  archive(property, reason, known);
}

// Whether it was cut short, the whole run's end tells.
void save_or_load(Archive& archive, WorkloadResult& workload) {
  auto& [name, counts, violated, cut_short, sampled, visited, crashes, plans, broken] = workload;
  archive(name, counts, violated, sampled, visited, crashes, plans, broken);
}

void save_or_load(Archive& archive, Change& change) {
  auto& [object, before, after] = change;
  archive(object, before, after);
}

void save_or_load(Archive& archive, StepIo& io) {
  auto& [moment, kind, device, what, offset, length, status, fault] = io;
  archive(moment, kind, device, what, offset, length, status, fault);
}

void save_or_load(Archive& archive, StepAccess& access) {
  auto& [object, how, begin, end] = access;
  archive(object, how, begin, end);
}

void save_or_load(Archive& archive, TraceStep& step) {
  auto& [lane, kind, ios, changes, notes, accesses, depends_on, source] = step;
  archive(lane, kind, ios, changes, notes, accesses, depends_on, source);
}

void save_or_load(Archive& archive, Lane& lane) {
  auto& [name, title, waits_for, thread] = lane;
  archive(name, title, waits_for, thread);
}

void save_or_load(Archive& archive, PlacedEntry& entry) {
  auto& [lane, header_sector, data_sectors, data_at, flags, header_failed, step] = entry;
  archive(lane, header_sector, data_sectors, data_at, flags, header_failed, step);
}

void save_or_load(Archive& archive, Trace& trace) {
  auto& [lanes, steps, entries, log_sector_size, first_log_sector, final_state] = trace;
  archive(lanes, steps, entries, log_sector_size, first_log_sector, final_state);
}

void save_or_load(Archive& archive, Finding& finding) {
  auto& [property, reason, step, known] = finding;
  archive(property, reason, step, known);
}

void save_or_load(Archive& archive, Shrunk& shrunk) {
  auto& [before, after, candidates, limit_reached] = shrunk;
  archive(before, after, candidates, limit_reached);
}

void save_or_load(Archive& archive, Counterexample& example) {
  auto& [workload, found_in, schedule, fault_plan, findings, deadlock, trace, shrunk, race] =
      example;
  archive(workload, found_in, schedule, fault_plan, findings, deadlock, trace, shrunk, race);
}

void save_or_load(Archive& archive, Found& found) {
  auto& [example, properties] = found;
  archive(example, properties);
}

void save_or_load(Archive& archive, FaultsMet& faults) {
  auto& [all_fired, possible] = faults;
  archive(all_fired, possible);
}

// Replays have no checkpoints.
void save_or_load(Archive& archive, WorkloadOutcome& outcome) {
  auto& [part, exercised, found, replayed, exhausted, was_cut, is_split_broken, can_be_split,
         faults, was_stopped, statistics, seconds] = outcome;
  archive(part, exercised, found, exhausted, was_cut, is_split_broken, can_be_split, faults,
          was_stopped, statistics, seconds);
}

}  // namespace simcheck::model
