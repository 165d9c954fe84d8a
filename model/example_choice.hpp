// Which counterexamples a result shows: of each property one, of a violation that is not known if
// there is one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/check_options.hpp"
#include "model/result.hpp"
#include "model/workload_check.hpp"

namespace simcheck::model {

/// What the workload broke, whether or not another one broke it before.
std::vector<Broken> broken_by(const CheckOptions& options, const Result& result,
                              const std::string& workload, const std::vector<Found>& found_by_it);

/// Adds counterexamples to a result, and to its properties that they broke them. One that cannot be
/// made smaller for an error, such as nondeterminism, is shown as it was found, and the error is
/// the result's failure.
class ExampleChoice {
 public:
  /// Both must outlive it.
  ExampleChoice(const CheckOptions& options, Result& result)
      : options_(options), result_(result), is_told_(options.properties.size()) {}

  /// Workloads are added in order: all for what is not known, then all for what is. `workload` is
  /// the place in the options, `all` what was found in it.
  void add(std::size_t workload, const WorkloadResult& part, const std::vector<Found>& all,
           bool known);

 private:
  void tell(std::size_t workload, const WorkloadResult& part, const Found& found,
            const std::vector<std::size_t>& wanted);
  Counterexample told(const Workload& workload, const Counterexample& found);

  const CheckOptions& options_;
  Result& result_;
  std::vector<bool> is_told_;  // of the properties
};

}  // namespace simcheck::model
