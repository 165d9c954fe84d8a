// Runs a model of bench/spin/ as a user of SPIN would: generate, compile, search.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace simcheck::test {

struct SpinSearch {
  std::string model;                         // "fixed" is bench/spin/fixed.pml
  std::vector<std::string> options;          // of the model: "-DN=3"
  std::vector<std::string> compile_options;  // of the search: "-DNOREDUCE"
};

struct SpinResult {
  std::string out;
  int errors = 0;                             // of assertions, and deadlocks
  std::optional<unsigned long> final_states;  // with -DCOUNT
};

// Throws if a step fails or the search is not complete; an error found in the model is a result.
SpinResult run_spin(const SpinSearch& search);

}  // namespace simcheck::test
