// Scripts of qemu-io as workloads.
#include "tests/fuzz/trace_reader.hpp"
#include "traces/qemu_io.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const std::string_view text = fuzz::text_of(data, size);
  traces::is_qemu_io_script(text);
  fuzz::require_workload(traces::read_qemu_io_script(text));
  return 0;
}
