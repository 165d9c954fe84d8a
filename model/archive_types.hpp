// How the plain data of a run is saved and loaded. Each function takes its struct apart by name, so
// that a field that is added to it does not compile until it is saved too.
#pragma once

#include "model/archive.hpp"
#include "model/explorer.hpp"
#include "model/result.hpp"
#include "model/strategy.hpp"
#include "model/workload_check.hpp"
#include "sim/faults.hpp"
#include "sim/footprint.hpp"
#include "sim/world.hpp"

namespace simcheck::model {

void save_or_load(Archive& archive, sim::Access& access);
void save_or_load(Archive& archive, sim::Fault& fault);
void save_or_load(Archive& archive, sim::TransitionOrder& order);
void save_or_load(Archive& archive, Transition& transition);
void save_or_load(Archive& archive, StuckFiber& stuck);
void save_or_load(Archive& archive, ExplorerStatistics& statistics);

void save_or_load(Archive& archive, PctOdds& odds);
void save_or_load(Archive& archive, Sampled& sampled);
void save_or_load(Archive& archive, Visited& visited);
void save_or_load(Archive& archive, Broken& broken);
void save_or_load(Archive& archive, WorkloadResult& workload);

void save_or_load(Archive& archive, Change& change);
void save_or_load(Archive& archive, StepIo& io);
void save_or_load(Archive& archive, StepAccess& access);
void save_or_load(Archive& archive, TraceStep& step);
void save_or_load(Archive& archive, Lane& lane);
void save_or_load(Archive& archive, PlacedEntry& entry);
void save_or_load(Archive& archive, Trace& trace);
void save_or_load(Archive& archive, Finding& finding);
void save_or_load(Archive& archive, Shrunk& shrunk);
void save_or_load(Archive& archive, Counterexample& example);
void save_or_load(Archive& archive, Found& found);
void save_or_load(Archive& archive, FaultsMet& faults);
void save_or_load(Archive& archive, WorkloadOutcome& outcome);

}  // namespace simcheck::model
