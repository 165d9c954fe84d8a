#include "reports/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <variant>

#include "model/workload_parser.hpp"
#include "reports/log_layout.hpp"
#include "reports/plain_text.hpp"

namespace simcheck::reports {
namespace {

using model::StepIo;
using model::StepKind;
using model::TraceStep;
using Moment = model::StepIo::Moment;

// In log sectors, as the driver thinks; in bytes where a request does not fit them.
std::string byte_place(const StepIo& io) {
  return fmt::format("{} bytes {}..{}", printable(io.device), io.offset,
                     io.offset + (io.length - 1));
}

std::string log_place(const StepIo& io, std::uint64_t sector_size) {
  if (io.offset % sector_size != 0 || io.length % sector_size != 0) return byte_place(io);
  const std::uint64_t first = io.offset / sector_size;
  const std::uint64_t last = first + (io.length / sector_size - 1);
  return first == last ? fmt::format("log {}", first) : fmt::format("log {}..{}", first, last);
}

// The driver's own word for it says more than the device's name.
bool is_labelled(const StepIo& io) { return !io.what.empty() && io.what != io.device; }

// Short once the submission told the place.
std::string short_name(const StepIo& io) {
  return printable(is_labelled(io) ? io.what : io.device + " " + io.kind);
}

// Is it where the guest wants it, so that the lane's title tells the place?
bool is_at_own_place(const StepIo& io, const model::Lane& lane) {
  const auto parsed = model::parse_workload(lane.title);
  const auto* own = std::get_if<model::Workload>(&parsed);
  if (own == nullptr) return false;
  const model::Request& request = own->stages.front().front();
  return request.offset == io.offset && request.length == io.length;
}

bool went_wrong(const StepIo& io) { return !io.status.empty() && io.status != "ok"; }

// "takes", or "take" if the request's name is a plural.
std::string verb(const StepIo& io, std::string_view plural) {
  return fmt::format("{}{}", plural, short_name(io).ends_with("zeroes") ? "" : "s");
}

// "(fault: torn-early)", where the request is told to have taken effect or to be over.
std::string because(const StepIo& io) {
  return io.fault.empty() ? "" : " " + firm(fmt::format("(fault: {})", printable(io.fault)));
}

std::string io_phrase(const StepIo& io, std::uint32_t lane, const model::Trace& trace) {
  const std::string name = short_name(io), status = printable(io.status);
  switch (io.moment) {
    case Moment::kSubmitted:
      return "submits " + io_name(io, lane, trace);
    case Moment::kTookEffect:
      if (went_wrong(io))
        return fmt::format("{} {}: {}{}", name, verb(io, "fail"), status, because(io));
      return fmt::format("{} {} effect{}", name, verb(io, "take"), because(io));
    case Moment::kCompleted:
      if (went_wrong(io)) return fmt::format("{} failed: {}{}", name, status, because(io));
      return name + " done" + because(io);
  }
  return "";
}

// "(its header promises log 2..9)": where the driver puts an entry's data somewhere else.
void add_broken_promise(Cell& cell, const StepIo& io, const model::Trace& trace) {
  if (io.device != "log" || io.moment != Moment::kSubmitted) return;
  for (const model::PlacedEntry& entry : trace.entries) {
    const StepIo promised{.offset = (entry.header_sector + 1) * trace.log_sector_size,
                          .length = entry.data_sectors * trace.log_sector_size};
    if (entry.lane != cell.lane || !is_misplaced(entry)) continue;
    if (io.offset != *entry.data_at * trace.log_sector_size || io.length != promised.length)
      continue;
    const std::string place = log_place(promised, trace.log_sector_size);
    cell.phrases.push_back(fmt::format("(its header promises {})", firm(place)));
  }
}

char mark_of(StepKind kind) {
  if (kind == StepKind::kCut) return 'x';
  return kind == StepKind::kEffect ? '.' : '*';
}

std::vector<StateChange> state_of(const TraceStep& step) {
  std::vector<StateChange> state;
  for (const model::Change& change : step.changes) {
    if (change.before == change.after) continue;
    const std::string object = printable(change.object), after = printable(change.after);
    const auto known = std::ranges::find(state, object, &StateChange::object);
    if (known != state.end()) {
      known->values += " -> " + after;
    } else {
      state.push_back({object, fmt::format("{} -> {}", printable(change.before), after)});
    }
  }
  return state;
}

bool concerns_data_only(const TraceStep& step) {
  return step.notes.empty() && step.changes.empty() && !step.ios.empty() &&
         std::ranges::all_of(step.ios, [](const StepIo& io) { return io.device == "data"; });
}

bool same_request(const StepIo& a, const StepIo& b) {
  return a.device == b.device && a.kind == b.kind && a.offset == b.offset && a.length == b.length;
}

// `step` runs on from just the request that took effect in `effect`, the step before.
bool continues(const TraceStep& effect, const TraceStep& step) {
  return effect.kind == StepKind::kEffect && step.kind == StepKind::kResume &&
         effect.lane == step.lane && effect.ios.size() == 1 && effect.notes.empty() &&
         effect.changes.empty() && std::ranges::any_of(step.ios, [&](const StepIo& io) {
           return io.moment == Moment::kCompleted && same_request(io, effect.ios.front());
         });
}

bool are_disjoint(const StepIo& a, const StepIo& b) {
  const bool a_first = a.offset < b.offset;
  const StepIo& low = a_first ? a : b;
  const StepIo& high = a_first ? b : a;
  return low.length != 0 && high.length != 0 && high.offset - low.offset >= low.length;
}

// Both orders show the same: submissions, or effects that do not meet.
bool commute(const TraceStep& a, const TraceStep& b) {
  if (a.kind != b.kind || !concerns_data_only(a) || !concerns_data_only(b)) return false;
  if (a.kind != StepKind::kEffect) return true;
  return std::ranges::all_of(a.ios, [&](const StepIo& io) {
    return std::ranges::all_of(b.ios, [&](const StepIo& other) { return are_disjoint(io, other); });
  });
}

bool has_lane(const Row& row, std::uint32_t lane) {
  return std::ranges::find(row.cells, lane, &Cell::lane) != row.cells.end();
}

// Adds `next`, the row of the step after, to `row` where that loses nothing.
bool merge(Row& row, const Row& next, const std::vector<TraceStep>& steps) {
  if (!row.broken.empty() || !next.broken.empty()) return false;
  const TraceStep& step = steps[next.first_step];
  const auto commutes = [&](const TraceStep& other) { return commute(other, step); };
  if (row.first_step == row.last_step && continues(steps[row.last_step], step)) {
    row.cells = next.cells;
    row.state = next.state;
  } else if (!has_lane(row, step.lane) &&
             std::all_of(steps.begin() + static_cast<std::ptrdiff_t>(row.first_step),
                         steps.begin() + static_cast<std::ptrdiff_t>(next.first_step), commutes)) {
    row.cells.push_back(next.cells.front());
  } else {
    return false;
  }
  row.last_step = next.last_step;
  return true;
}

}  // namespace

std::string Row::label() const {
  if (first_step == last_step) return std::to_string(first_step + 1);
  return fmt::format("{}-{}", first_step + 1, last_step + 1);
}

// What completed, what the code then did, and what it waits for now.
Cell cell_of(const TraceStep& step, const model::Trace& trace) {
  Cell cell{.lane = step.lane, .mark = mark_of(step.kind)};
  for (const StepIo& io : step.ios) {
    if (io.moment == Moment::kCompleted) cell.phrases.push_back(io_phrase(io, step.lane, trace));
  }
  for (const std::string& note : step.notes) cell.phrases.push_back(printable(note));
  for (const StepIo& io : step.ios) {
    if (io.moment == Moment::kCompleted) continue;
    cell.phrases.push_back(io_phrase(io, step.lane, trace));
    add_broken_promise(cell, io, trace);
  }
  if (cell.phrases.empty()) cell.phrases.push_back("runs");
  return cell;
}

std::vector<Row> story(const model::Counterexample& counterexample, bool every_step) {
  const model::Trace& trace = counterexample.trace;
  std::vector<Row> rows;
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    const TraceStep& step = trace.steps[i];
    Row row{
        .first_step = i, .last_step = i, .cells = {cell_of(step, trace)}, .state = state_of(step)};
    for (const model::Finding& finding : counterexample.findings) {
      if (finding.step == i) row.broken.push_back(printable(finding.property));
    }
    if (!row.broken.empty()) {
      row.cells.front().phrases.push_back("! breaks " + joined(row.broken));
    }
    if (every_step || rows.empty() || !merge(rows.back(), row, trace.steps)) rows.push_back(row);
  }
  return rows;
}

std::string io_name(const StepIo& io, std::uint32_t lane, const model::Trace& trace) {
  const bool on_log = io.device == "log";
  if (io.length == 0) return short_name(io);
  if (!on_log && !is_labelled(io) && is_at_own_place(io, trace.lanes.at(lane)))
    return short_name(io);
  return short_name(io) + " " +
         firm("@ " + (on_log ? log_place(io, trace.log_sector_size) : byte_place(io)));
}

}  // namespace simcheck::reports
