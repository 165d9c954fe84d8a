// fio's I/O logs as workloads.
#include "tests/fuzz/trace_reader.hpp"
#include "traces/fio_iolog.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const std::string_view text = fuzz::text_of(data, size);
  traces::is_fio_iolog(text);
  fuzz::require_workload(traces::read_fio_iolog(text));
  return 0;
}
