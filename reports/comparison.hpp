// Which promises which drivers keep, as a table: every property checked on every driver, each pair
// on its own.
#pragma once

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
  std::vector<std::string> drivers{};
  std::vector<ComparedProperty> properties{};
};

/// The table, what each property was checked under, and a replay line for everything broken.
void write_text(std::ostream& out, const Comparison& comparison);

/// As one JSON document, described in docs/json-schema.md.
void write_json(std::ostream& out, const Comparison& comparison);

}  // namespace simcheck::reports
