// What reads bytes from outside, each with what it promises: any bytes may be refused, none may
// crash, hang, or break a promise (require() of harness.hpp). Each is defined in READER.cpp; the
// harnesses fuzz_KIND.cpp hand the same bytes to all readers of a kind, so that what one of them
// makes libFuzzer find is tried on the others.
#pragma once

#include <cstddef>
#include <span>

namespace simcheck::fuzz {

using Bytes = std::span<const std::byte>;

// Log images: what reports on them ...
void check_log_verify(Bytes bytes);
void check_log_dump(Bytes bytes);
void check_log_find(Bytes bytes);
void check_log_requests(Bytes bytes);
// ... and what makes other images of them.
void check_log_salvage(Bytes bytes);
void check_log_replay(Bytes bytes);
void check_log_crash(Bytes bytes);

// Files of --workload.
void check_workload_file(Bytes bytes);
void check_workload_text(Bytes bytes);
void check_fio_iolog(Bytes bytes);
void check_qemu_io_script(Bytes bytes);
void check_blktrace(Bytes bytes);

// Values of other options ...
void check_fault_text(Bytes bytes);
void check_schedule_text(Bytes bytes);
// ... and files that they name.
void check_latency_bins(Bytes bytes);
void check_checkpoint_file(Bytes bytes);
void check_baseline_file(Bytes bytes);
void check_trace_file(Bytes bytes);

}  // namespace simcheck::fuzz
