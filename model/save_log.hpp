// The log image that an execution leaves behind, for tools that judge real images.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "model/check_options.hpp"
#include "model/workload.hpp"

namespace simcheck::model {

/// Runs one schedule of one workload, then a flush, and gives the log device's content: what a
/// clean close would leave. A schedule that ends with a power cut has no flush: then it is the
/// first image that breaks a promise, or, if none does, all that took effect. `write` is called
/// with consecutive pieces. Throws Divergence.
void save_log(const CheckOptions& options, const Workload& workload, const std::string& schedule,
              const std::function<void(std::span<const std::byte>)>& write);

}  // namespace simcheck::model
