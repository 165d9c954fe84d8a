// Which promises which drivers keep, as a table: every property checked on every driver, each pair
// on its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "model/result.hpp"

namespace simcheck::reports {

/// One driver and one property.
struct ComparedCell {
  model::Verdict verdict = model::Verdict::kNotExercised;
  // Only of what is violated, the first violation:
  std::string workload{};            ///< in its shortest text form: "write, flush"
  std::string fault_plan{};          ///< "A.2=eio"; empty without faults
  std::uint64_t super_interval = 0;  ///< entries
  std::string reason{};
  std::string replay{};    ///< the line that shows it again
  model::Result result{};  ///< of the check that found it
};

struct ComparedProperty {
  std::string name{};
  std::string options{};              ///< under which it was checked: "--threads 2"
  std::vector<ComparedCell> cells{};  ///< by driver
};

struct Comparison {
  std::string program = "simcheck";
  std::uint32_t depth = 0;
  std::vector<std::uint64_t> super_intervals{};  ///< entries; in the order in which they were tried
  std::string workload{};                        ///< instead of the default ones; empty: none
  std::vector<std::string> drivers{};
  std::vector<ComparedProperty> properties{};
};

std::size_t all_cells(const Comparison& comparison);
/// Those whose check was not interrupted.
std::size_t finished_cells(const Comparison& comparison);

/// "the default workloads of depth 2", or the one that was given.
std::string workloads_in_words(const Comparison& comparison);

/// "holds", "not finished".
std::string in_words(model::Verdict verdict);

/// The table, what each property was checked under, and a replay line for everything broken. Prose
/// takes `width` columns; the table and the lines take what they need.
void write_text(std::ostream& out, const Comparison& comparison, std::size_t width);

/// As one JSON document, described in docs/json-schema.md.
void write_json(std::ostream& out, const Comparison& comparison);

}  // namespace simcheck::reports
