// Binary traces of the kernel's blktrace, version 7: what blktrace writes for each processor, or
// `blkparse -d` for all of them together. Either byte order.
//
// Source: struct blk_io_trace and its enums in the kernel's user interface header
// linux/blktrace_api.h, and blktrace's manual pages.
#pragma once

#include <cstddef>
#include <span>

#include "traces/trace.hpp"

namespace simcheck::traces {

/// Do the bytes begin as such a trace, of whatever version?
bool is_blktrace(std::span<const std::byte> bytes);

/// The requests as they were queued, or, in a trace without queueing, as they were issued to the
/// device, in order of their times. Of several devices, the first one's.
Result read_blktrace(std::span<const std::byte> bytes);

}  // namespace simcheck::traces
