// Log images: what `log verify`, `dump`, `find`, `stats` and `--workload` say of them.
#include "tests/fuzz/harness.hpp"
#include "tests/fuzz/readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace simcheck;
  const fuzz::Bytes bytes = fuzz::bytes_of(data, size);
  fuzz::check_log_verify(bytes);
  fuzz::check_log_dump(bytes);
  fuzz::check_log_find(bytes);
  fuzz::check_log_requests(bytes);
  return 0;
}
