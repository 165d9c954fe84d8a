// What an execution leaves on one of its two disks, for tools that judge real images.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "model/check_options.hpp"
#include "model/workload.hpp"
#include "sim/event_content.hpp"
#include "sim/event_disk.hpp"

namespace simcheck::model {

/// Takes the content of [0, end), which nothing was written behind; valid during the call.
using SaveContent = std::function<void(const sim::ContentView& content, std::uint64_t end)>;

/// Runs one schedule of one workload, then a flush, and calls `save` once with what is on the disk:
/// what a clean close would leave. A schedule that ends with a power cut has no flush: then it is
/// what the first image that breaks a promise has there (a sector that nobody looked at, as if all
/// that took effect had survived), or, if none does, all that took effect. The images of the two
/// disks belong together. Throws Divergence.
void save_disk(const CheckOptions& options, const Workload& workload, const std::string& schedule,
               sim::DeviceRole disk, const SaveContent& save);

}  // namespace simcheck::model
