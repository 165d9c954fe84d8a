// `--fault-plan`, `--faults`, and the schedule of `--replay`.
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const fuzz::Bytes bytes = fuzz::bytes_of(data, size);
  fuzz::check_fault_text(bytes);
  fuzz::check_schedule_text(bytes);
  return 0;
}
