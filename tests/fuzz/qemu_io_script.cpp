// Scripts of qemu-io as workloads.
#include "tests/fuzz/readers.hpp"
#include "tests/fuzz/trace_reader.hpp"
#include "traces/qemu_io.hpp"

namespace simcheck::fuzz {

void check_qemu_io_script(Bytes bytes) {
  const std::string_view text = text_of(bytes);
  traces::is_qemu_io_script(text);
  require_workload(traces::read_qemu_io_script(text));
}

}  // namespace simcheck::fuzz
