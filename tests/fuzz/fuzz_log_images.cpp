// Log images: what `log salvage`, `replay` and `crash` make of them.
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const fuzz::Bytes bytes = fuzz::bytes_of(data, size);
  fuzz::check_log_salvage(bytes);
  fuzz::check_log_replay(bytes);
  fuzz::check_log_crash(bytes);
  return 0;
}
