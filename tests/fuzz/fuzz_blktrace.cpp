// Binary traces of blktrace as workloads.
#include "tests/fuzz/trace_reader.hpp"
#include "traces/blktrace.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const auto bytes = fuzz::bytes_of(data, size);
  traces::is_blktrace(bytes);
  fuzz::require_workload(traces::read_blktrace(bytes));
  return 0;
}
