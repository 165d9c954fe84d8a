// Files of `--workload`, of each kind.
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const fuzz::Bytes bytes = fuzz::bytes_of(data, size);
  fuzz::check_workload_file(bytes);
  fuzz::check_workload_text(bytes);
  fuzz::check_fio_iolog(bytes);
  fuzz::check_qemu_io_script(bytes);
  fuzz::check_blktrace(bytes);
  return 0;
}
