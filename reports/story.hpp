// A trace as a story: rows of phrases for people, before any layout.
//
// Unless asked for every step, neighbouring steps share a row where nothing is lost: an effect and
// the code that runs on because of it; steps of several lanes that only concern the data device and
// so could have happened in any order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/result.hpp"

namespace simcheck::reports {

/// What one lane does in a row.
struct Cell {
  std::uint32_t lane = 0;
  char mark = '.';  ///< `*` its code runs, `.` a disk request takes effect, `x` the power is cut
  std::vector<std::string> phrases;
};

/// A shared object's way through a row: "cur_log_sector", "1 -> 2".
struct StateChange {
  std::string object;
  std::string values;
};

struct Row {
  std::size_t first_step = 0, last_step = 0;  ///< from 0
  std::vector<Cell> cells;
  std::vector<StateChange> state;
  std::vector<std::string> broken;    ///< properties that these steps break
  std::vector<std::string> left_out;  ///< lines that stand for the steps, which are not shown

  /// "4" or "4-5": steps as people count them, from 1.
  std::string label() const;
};

/// What one step's lane does in it.
Cell cell_of(const model::TraceStep& step, const model::Trace& trace);

std::vector<Row> story(const model::Counterexample& counterexample, bool every_step);

/// "header @ log 1", "zeroes @ log 11..18": a lane's disk request in a few words. Just "data write"
/// where its place is that of the guest's request, which the lane's title tells.
std::string io_name(const model::StepIo& io, std::uint32_t lane, const model::Trace& trace);

}  // namespace simcheck::reports
