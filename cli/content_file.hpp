// A simulated device's content as a file.
#pragma once

#include <cstdint>

#include "cli/atomic_file.hpp"
#include "sim/event_content.hpp"

namespace simcheck::cli {

/// Appends bytes [0, end). A terabyte of zeroes takes no time. Throws UsageError.
void append_content(AtomicFile& file, const sim::ContentView& content, std::uint64_t end);

}  // namespace simcheck::cli
