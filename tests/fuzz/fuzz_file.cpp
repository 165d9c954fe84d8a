// The files of `--latency`, `--resume`, `--baseline` and `simcheck replay`.
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const fuzz::Bytes bytes = fuzz::bytes_of(data, size);
  fuzz::check_latency_bins(bytes);
  fuzz::check_checkpoint_file(bytes);
  fuzz::check_baseline_file(bytes);
  fuzz::check_trace_file(bytes);
  return 0;
}
